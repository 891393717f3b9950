package io.maestream.app.tail;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import io.maestream.trainer.checkpoint.Releases;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Finds checkpoints by their events, which is where they are committed. */
public final class CommittedCheckpoints {
    private CommittedCheckpoints() {}

    /** The last committed checkpoint of those wanted. */
    public static Optional<CheckpointCommitted> last(
            KafkaClients clients, Predicate<CheckpointCommitted> wanted) {
        AtomicReference<CheckpointCommitted> last = new AtomicReference<>();
        var consumer =
                clients.consumer(AvroSerde.deserializer(CheckpointCommitted.class), Map.of());
        try (var tail = new TopicTail<>(consumer, Topics.CHECKPOINTS)) {
            tail.readToEnd(
                    record -> {
                        CheckpointCommitted event = record.value();
                        if (event != null && wanted.test(event)) {
                            last.set(event);
                        }
                    });
        }
        return Optional.ofNullable(last.get());
    }

    /** The run's last committed checkpoint, from which it would go on. */
    public static Optional<CheckpointCommitted> lastOf(KafkaClients clients, String runId) {
        return last(clients, event -> event.getRunId().equals(runId) && !Releases.isRelease(event));
    }
}
