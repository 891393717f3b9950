package io.maestream.app.command.prepare;

import io.maestream.app.command.base.BrokerOptions;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.command.base.Table;
import io.maestream.app.command.base.Words;
import io.maestream.app.config.LoadedConfig;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.topic.Topics;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists rejected images. */
@Command(
        name = "list",
        description = {
            "Lists the newest rejected images: when, whose, why, where the raw record lies, and what"
                    + " to do.",
            ""
        },
        footer = {
            "",
            "Example: maestream rejected list --reason DECODE_FAILED,EMPTY --source camera-7",
            "Example: maestream rejected list --limit 0 --json | jq -r .detail"
        })
final class RejectedListCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;
    @Mixin private BrokerOptions broker;
    @Mixin private RejectedOptions rejected;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "The newest N (50 by default), or 0 for all.")
    private int limit = 50;

    @Option(names = "--json", description = "Whole records, each a line of JSON.")
    private boolean json;

    RejectedListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (limit < 0) {
            throw new ParameterException(spec.commandLine(), "--limit must not be negative");
        }
        LoadedConfig config = common.loadAndLog(surroundings, broker.keys().map());
        Deque<RejectedImage> newest = new ArrayDeque<>();
        rejected.read(
                BrokerOptions.connect(config, Topics.IMAGES_REJECTED),
                surroundings.shutdown(),
                image -> {
                    newest.addLast(image);
                    if (limit > 0 && newest.size() > limit) {
                        newest.removeFirst();
                    }
                });
        print(newest);
        return ExitCode.OK.status();
    }

    private void print(Iterable<RejectedImage> images) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            images.forEach(out::println);
        } else {
            Table table =
                    new Table("REJECTED (UTC)", "SOURCE", "IMAGE", "REASON", "RECORD", "DETAIL");
            images.forEach(image -> row(table, image));
            table.lines().forEach(out::println);
        }
        out.flush();
    }

    private static void row(Table table, RejectedImage image) {
        table.row(
                Words.time(image.getRejectedAt()),
                Objects.requireNonNullElse(image.getSourceId(), "-"),
                Objects.requireNonNullElse(image.getImageId(), "-"),
                image.getReason(),
                "%s-%d@%d".formatted(image.getTopic(), image.getPartition(), image.getOffset()),
                image.getDetail());
    }
}
