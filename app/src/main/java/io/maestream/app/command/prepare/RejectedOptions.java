package io.maestream.app.command.prepare;

import io.maestream.app.command.base.Shutdown;
import io.maestream.app.rejected.RejectedFilter;
import io.maestream.app.tail.TopicTail;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.RejectionReason;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Which rejected images a command is about. */
public final class RejectedOptions {
    @Option(
            names = "--reason",
            paramLabel = "REASON",
            split = ",",
            description = "Only these reasons, with commas between: ${COMPLETION-CANDIDATES}.")
    private Set<RejectionReason> reasons = new LinkedHashSet<>();

    @Option(names = "--source", paramLabel = "ID", description = "Only of this source.")
    private String source;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only rejected at this time or later, such as 2026-01-31T12:00:00Z.")
    private Instant since;

    RejectedFilter filter() {
        return new RejectedFilter(reasons, Optional.ofNullable(source), Optional.ofNullable(since));
    }

    /** Hands over what is meant of all that is on the topic now, oldest first. */
    void read(KafkaClients clients, Shutdown shutdown, Consumer<RejectedImage> reader) {
        RejectedFilter filter = filter();
        var consumer = clients.consumer(AvroSerde.deserializer(RejectedImage.class), Map.of());
        try (var tail = new TopicTail<>(consumer, Topics.IMAGES_REJECTED)) {
            shutdown.stoppable(
                    tail::stop,
                    () ->
                            tail.readToEnd(
                                    record -> {
                                        if (record.value() != null && filter.test(record.value())) {
                                            reader.accept(record.value());
                                        }
                                    }));
        }
    }
}
