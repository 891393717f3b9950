package io.maestream.app.command.prepare;

import io.maestream.app.command.base.BrokerOptions;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.rejected.Retry;
import io.maestream.ingest.source.Pacer;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends rejected images again. */
@Command(
        name = "retry",
        description = {
            "Sends the raw records of rejected images again, those that the log still holds, once"
                    + " what was wrong is mended: a quota or limit raised, a store back. What is"
                    + " prepared in the meantime is dropped as a repeat.",
            ""
        },
        footer = {
            "",
            "Example: maestream rejected retry --reason QUOTA --per-second 20",
            "Example: maestream rejected retry --reason PAYLOAD_UNAVAILABLE --dry-run"
        })
final class RejectedRetryCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;
    @Mixin private BrokerOptions broker;
    @Mixin private RejectedOptions rejected;

    @Option(names = "--all", description = "All of them; else name a reason, source or time.")
    private boolean all;

    @Option(
            names = "--per-second",
            paramLabel = "N",
            description = "Records to send in a second; 0, the default, is no limit.")
    private double perSecond;

    @Option(names = "--dry-run", description = "Only count them.")
    private boolean dryRun;

    RejectedRetryCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (rejected.filter().isEmpty() && !all) {
            throw new ParameterException(
                    spec.commandLine(), "Name --reason, --source or --since, or say --all");
        }
        if (!(perSecond >= 0) || perSecond > 1e6) {
            throw new ParameterException(spec.commandLine(), "--per-second must be 0 to 1000000");
        }
        LoadedConfig config = common.loadAndLog(surroundings, broker.keys().map());
        KafkaClients clients =
                BrokerOptions.connect(config, Topics.IMAGES_REJECTED, Topics.IMAGES_RAW);
        // Read to the end first: what is rejected once more must not be sent in a circle.
        List<RejectedImage> images = new ArrayList<>();
        rejected.read(clients, surroundings.shutdown(), images::add);
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                dryRun ? images.size() + " rejections would be retried" : sent(clients, images));
        out.flush();
        return ExitCode.OK.status();
    }

    private String sent(KafkaClients clients, List<RejectedImage> images)
            throws InterruptedException {
        Pacer pacer = Pacer.realTime();
        try (Retry retry = new Retry(clients, perSecond, pacer)) {
            surroundings.shutdown().stoppable(pacer::close, () -> send(retry, images));
            Retry.Totals totals = retry.finish();
            return "sent %d raw records again; %d are gone from the log; %d were not raw records"
                    .formatted(totals.sent(), totals.gone(), totals.foreign());
        }
    }

    private static void send(Retry retry, List<RejectedImage> images) {
        try {
            for (RejectedImage image : images) {
                retry.send(image);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
