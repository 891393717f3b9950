package io.maestream.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.app.broker.RunningBroker;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointFile;
import io.maestream.schemas.OffsetRange;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.TriggerKind;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import io.maestream.trainer.checkpoint.LineageAudit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TrainingIT {

    private static final int IMAGES = 240;

    @TempDir static Path root;
    @RegisterExtension static final RunningBroker broker = new RunningBroker();
    private static KafkaClients clients;

    @BeforeAll
    static void start() {
        clients = Training.clients(broker.bootstrapServers());
        Training.createTopics(clients);
        Training.publish(clients, 0, 100);
        try (var garbage = clients.producer(new ByteArraySerializer(), Map.of())) {
            garbage.send(new ProducerRecord<>(Topics.IMAGES_PREPARED, "x", new byte[] {1, 2, 3}));
        }
        Training.publish(clients, 100, IMAGES - 100);
    }

    @Test
    void shouldLearnTheSameWeightsWhetherItWasInterruptedOrNot() {
        // Given a run of twelve steps in one go
        train("whole", 12);

        // When another run of the same seed is stopped at steps 3 and 7
        train("parts", 3);
        train("parts", 7);
        train("parts", 12);

        // Then every weight, both moments and the step are the same
        List<CheckpointCommitted> whole = committed("whole");
        List<CheckpointCommitted> parts = committed("parts");
        assertThat(whole).hasSize(1);
        assertThat(parts).extracting(CheckpointCommitted::getStep).containsExactly(3L, 7L, 12L);
        assertThat(digest(parts.get(2), "model")).isEqualTo(digest(whole.get(0), "model"));
        assertThat(digest(parts.get(2), "optimizer")).isEqualTo(digest(whole.get(0), "optimizer"));
        assertThat(parts.get(2).getNextOffsets()).isEqualTo(whole.get(0).getNextOffsets());
        assertThat(parts.get(2).getImagesSeen()).isEqualTo(12L * Training.BATCH);
    }

    @Test
    void shouldTakeEveryOffsetOnceAcrossItsCheckpoints() {
        train("ranges", 4);
        train("ranges", 9);

        List<CheckpointCommitted> events = committed("ranges");
        List<OffsetRange> ranges =
                events.stream().flatMap(event -> event.getOffsetRanges().stream()).toList();
        assertThat(ranges.get(0).getFrom()).isZero();
        for (int i = 1; i < ranges.size(); i++) {
            assertThat(ranges.get(i).getFrom()).isEqualTo(ranges.get(i - 1).getUntil());
        }
        assertThat(events.get(1).getParentId()).isEqualTo(events.get(0).getCheckpointId());
        assertThat(events.get(1).getSkippedRanges()).isEmpty();
        assertThat(events.get(1).getMissingReferences()).isZero();
        assertThat(events.get(1).getTrigger().getKind()).isEqualTo(TriggerKind.SHUTDOWN);
        assertThat(LineageAudit.of(events).problems()).isEmpty();
    }

    @Test
    void shouldTakeCheckpointsByTheNumberOfImages() {
        // Steps go on while one is written and committed, so the next ones come later.
        train("images", 40, Map.of("checkpoint.every.images", "16"));

        assertThat(committed("images"))
                .hasSizeGreaterThan(1)
                .first()
                .satisfies(
                        event -> {
                            assertThat(event.getStep()).isEqualTo(4);
                            assertThat(event.getTrigger().getKind()).isEqualTo(TriggerKind.IMAGES);
                        });
    }

    @Test
    void shouldRejectWhatItCannotReadAndGoOn() {
        train("garbage", 40);

        List<RejectedImage> rejected = rejected();
        assertThat(rejected)
                .isNotEmpty()
                .allSatisfy(
                        image -> {
                            assertThat(image.getTopic()).isEqualTo(Topics.IMAGES_PREPARED);
                            assertThat(image.getOffset()).isEqualTo(100);
                            assertThat(image.getDetail()).contains("not a PreparedImage");
                        });
        assertThat(committed("garbage"))
                .last()
                .extracting(CheckpointCommitted::getStep)
                .isEqualTo(40L);
    }

    private static void train(String run, long untilStep) {
        train(run, untilStep, Map.of());
    }

    private static void train(String run, long untilStep, Map<String, String> more) {
        Path directory = root.resolve("checkpoints");
        var settings = Training.settings(run, directory, more).until(untilStep);
        Training.service(settings, clients, new FileSystemStore(directory)).run();
    }

    private static List<CheckpointCommitted> committed(String run) {
        return Training.committed(clients, run);
    }

    private static String digest(CheckpointCommitted event, String role) {
        return event.getFiles().stream()
                .filter(file -> file.getRole().equals(role))
                .map(CheckpointFile::getSha256)
                .findFirst()
                .orElseThrow();
    }

    private static List<RejectedImage> rejected() {
        List<RejectedImage> rejected = new ArrayList<>();
        TopicPartition partition = new TopicPartition(Topics.IMAGES_REJECTED, 0);
        try (var consumer =
                clients.consumer(AvroSerde.deserializer(RejectedImage.class), Map.of())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, RejectedImage> record :
                        consumer.poll(java.time.Duration.ofMillis(200))) {
                    rejected.add(record.value());
                }
            }
        }
        return rejected;
    }
}
