package io.maestream.app.demo;

import io.maestream.app.tail.TopicTail;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Finds the checkpoint that a run would go on from, by its events. */
public final class LastCheckpoint {
    private LastCheckpoint() {}

    /** The run's last committed checkpoint. */
    public static Optional<CheckpointCommitted> of(KafkaClients clients, String runId) {
        AtomicReference<CheckpointCommitted> last = new AtomicReference<>();
        var consumer =
                clients.consumer(AvroSerde.deserializer(CheckpointCommitted.class), Map.of());
        try (var tail = new TopicTail<>(consumer, Topics.CHECKPOINTS)) {
            tail.readToEnd(
                    record -> {
                        CheckpointCommitted event = record.value();
                        if (event != null && event.getRunId().equals(runId)) {
                            last.set(event);
                        }
                    });
        }
        return Optional.ofNullable(last.get());
    }
}
