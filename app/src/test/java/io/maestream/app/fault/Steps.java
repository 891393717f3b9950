package io.maestream.app.fault;

import static org.awaitility.Awaitility.await;

import io.maestream.app.training.Training;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.StepMetrics;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** What trainers report, from now on. */
final class Steps implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Consumer<String, StepMetrics> consumer;

    private Steps(Consumer<String, StepMetrics> consumer) {
        this.consumer = consumer;
    }

    static Steps fromNow(KafkaClients clients) {
        Consumer<String, StepMetrics> consumer =
                clients.consumer(AvroSerde.deserializer(StepMetrics.class), Map.of());
        TopicPartition partition = new TopicPartition(Topics.TRAINING_METRICS, 0);
        consumer.assign(List.of(partition));
        consumer.seekToEnd(List.of(partition));
        consumer.position(partition);
        return new Steps(consumer);
    }

    /** The next ones that were reported, at least one. */
    List<StepMetrics> next() {
        List<StepMetrics> found = new ArrayList<>();
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .until(
                        () -> {
                            consumer.poll(Duration.ofMillis(100))
                                    .forEach(record -> found.add(record.value()));
                            return !found.isEmpty();
                        });
        return found;
    }

    /** Waits until a run has so many committed checkpoints. */
    static List<CheckpointCommitted> awaitCommits(KafkaClients clients, String run, int count) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> Training.committed(clients, run), events -> events.size() >= count);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
