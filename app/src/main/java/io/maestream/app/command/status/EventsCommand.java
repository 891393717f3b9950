package io.maestream.app.command.status;

import io.maestream.app.command.base.BrokerOptions;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.tail.CheckpointText;
import io.maestream.app.tail.TopicTail;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints committed checkpoints as a downstream consumer sees them. */
@Command(
        name = "events",
        description = {
            "Prints the checkpoint events, one a line: what is committed, and nothing else.",
            ""
        },
        footer = {
            "",
            "Example: maestream events --follow",
            "Example: maestream events --json | jq .location"
        })
final class EventsCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;
    @Mixin private BrokerOptions broker;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until Ctrl-C.")
    private boolean follow;

    @Option(
            names = "--from-beginning",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "All events, which is the default, or only what comes from now on.")
    private boolean fromBeginning;

    @Option(names = "--json", description = "Whole events, each a line of JSON.")
    private boolean json;

    @Option(names = "--run", paramLabel = "ID", description = "Only this run's events.")
    private String run;

    EventsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        LoadedConfig config = common.loadAndLog(surroundings, broker.keys().map());
        var clients = BrokerOptions.connect(config, Topics.CHECKPOINTS);
        var consumer =
                clients.consumer(AvroSerde.deserializer(CheckpointCommitted.class), Map.of());
        try (var tail = new TopicTail<>(consumer, Topics.CHECKPOINTS)) {
            surroundings.shutdown().stoppable(tail::stop, () -> read(tail));
        }
        return ExitCode.OK.status();
    }

    private void read(TopicTail<CheckpointCommitted> tail) {
        if (!fromBeginning) {
            tail.skipToEnd();
        }
        tail.readToEnd(this::print);
        if (follow) {
            tail.follow(this::print);
        }
    }

    private void print(ConsumerRecord<String, CheckpointCommitted> record) {
        CheckpointCommitted event = record.value();
        if (event != null && (run == null || run.equals(event.getRunId()))) {
            var out = spec.commandLine().getOut();
            out.println(json ? event.toString() : CheckpointText.withTimeAndRun(event));
            out.flush();
        }
    }
}
