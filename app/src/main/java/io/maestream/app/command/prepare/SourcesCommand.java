package io.maestream.app.command.prepare;

import io.maestream.app.command.base.BrokerOptions;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.command.base.Table;
import io.maestream.app.command.base.Words;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.tail.TopicTail;
import io.maestream.schemas.SourceStatus;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what became of each source's images. */
@Command(
        name = "sources",
        description = {
            "Shows every source: images received, prepared, rejected and dropped as repeats, and"
                    + " when it was last heard of. The figures are a few seconds old.",
            ""
        },
        footer = {
            "",
            "Example: maestream sources --bootstrap localhost:9092",
            "Example: maestream sources --json | jq 'select(.received > .prepared)'"
        })
final class SourcesCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;
    @Mixin private BrokerOptions broker;

    @Option(names = "--json", description = "Whole records, each a line of JSON.")
    private boolean json;

    SourcesCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        LoadedConfig config = common.loadAndLog(surroundings, broker.keys().map());
        var clients = BrokerOptions.connect(config, Topics.SOURCES_STATUS);
        var consumer = clients.consumer(AvroSerde.deserializer(SourceStatus.class), Map.of());
        Map<String, SourceStatus> newest = new TreeMap<>();
        try (var tail = new TopicTail<>(consumer, Topics.SOURCES_STATUS)) {
            surroundings
                    .shutdown()
                    .stoppable(tail::stop, () -> tail.readToEnd(record -> note(newest, record)));
        }
        print(newest.values());
        return ExitCode.OK.status();
    }

    private static void note(
            Map<String, SourceStatus> newest, ConsumerRecord<String, SourceStatus> record) {
        if (record.key() == null) {
            return;
        }
        if (record.value() == null) {
            newest.remove(record.key());
        } else {
            newest.put(record.key(), record.value());
        }
    }

    private void print(Iterable<SourceStatus> sources) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            sources.forEach(out::println);
        } else {
            Table table =
                    new Table(
                            "SOURCE",
                            "RECEIVED",
                            "PREPARED",
                            "REPEATED",
                            "SIMILAR",
                            "REJECTED",
                            "SIZE",
                            "LAST SEEN (UTC)",
                            "REASONS");
            sources.forEach(source -> row(table, source));
            table.lines().forEach(out::println);
        }
        out.flush();
    }

    private static void row(Table table, SourceStatus source) {
        Map<String, Long> rejected = new TreeMap<>(source.getRejected());
        table.row(
                source.getSourceId(),
                source.getReceived(),
                source.getPrepared(),
                source.getDuplicates(),
                source.getNearDuplicates(),
                rejected.values().stream().mapToLong(Long::longValue).sum(),
                Words.mebibytes(source.getBytes()),
                Words.time(source.getLastSeenAt()),
                rejected.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", ")));
    }
}
