package io.maestream.app.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maestream.app.broker.BrokerSettings;
import io.maestream.app.broker.EmbeddedBroker;
import io.maestream.app.demo.ServiceRuns;
import io.maestream.app.demo.Worker;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.ingest.source.Pacer;
import io.maestream.ingest.source.SimulatedCameraSource;
import io.maestream.ingest.source.SimulationSettings;
import io.maestream.ingest.source.SourceImage;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointRequested;
import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.TriggerKind;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import io.maestream.trainer.TrainerService;
import io.maestream.trainer.report.StepReport;
import io.maestream.trainer.report.TrainingObserver;
import io.maestream.trainer.trigger.LoggingTriggerObserver;
import io.maestream.trainer.trigger.TriggerService;
import io.maestream.trainer.trigger.TriggerSettings;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulated camera is turned to another scene while a trainer learns from two. */
class DriftIT {

    private static final String RUN = "drift";
    private static final int BATCH = 16;
    private static final int FRAMES_BEFORE = 2_400;
    private static final int FRAMES_AFTER = 1_000;
    private static final int CAMERAS = 2;

    @TempDir Path root;

    @Test
    void shouldCommitOneCheckpointThatNamesTheCameraWhenItsSceneChanges() throws Exception {
        try (EmbeddedBroker broker =
                new EmbeddedBroker(new BrokerSettings(root.resolve("data"), 0, 64 << 20)).start()) {
            // Given a trainer that has learned from two cameras, and triggers that watched it
            KafkaClients clients = Training.clients(broker.bootstrapServers());
            Training.createTopics(clients);
            AtomicLong steps = new AtomicLong();
            TrainerService trainer = trainer(clients, steps);
            Worker training = new Worker("trainer", trainer::run, trainer::stop);
            Worker before = watching(clients, "before");
            training.start();
            before.start();
            publish(clients, 0, FRAMES_BEFORE);
            untilTrained(steps, FRAMES_BEFORE);
            before.stop();

            // When the triggers are started elsewhere, and the first camera sees another scene
            Worker after = watching(clients, "after");
            after.start();
            publish(clients, FRAMES_BEFORE, FRAMES_AFTER);
            untilTrained(steps, FRAMES_BEFORE + FRAMES_AFTER);
            await("the checkpoint that was asked for is committed")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !drifts(clients).isEmpty());
            training.stop();
            after.stop();

            // Then one checkpoint was asked for and committed, and both name the camera
            assertThat(List.of(training.ended(), before.ended(), after.ended()))
                    .allSatisfy(ended -> assertThat(ended).isCompleted());
            assertThat(requests(clients))
                    .singleElement()
                    .satisfies(
                            request -> {
                                assertThat(request.getSourceId()).isEqualTo("camera-1");
                                assertThat(request.getRunId()).isEqualTo(RUN);
                            });
            assertThat(drifts(clients))
                    .singleElement()
                    .satisfies(
                            event ->
                                    assertThat(event.getTrigger().getReason())
                                            .startsWith("drift of camera-1: its loss rose by ")
                                            .contains("(request drift-"));
        }
    }

    private static void untilTrained(AtomicLong steps, int frames) {
        // The shuffle buffer holds a few back.
        long expected = (long) CAMERAS * frames / BATCH - 5;
        await("the trainer learns from every image")
                .atMost(Duration.ofSeconds(90))
                .until(() -> steps.get() >= expected);
    }

    private TrainerService trainer(KafkaClients clients, AtomicLong steps) {
        Path directory = root.resolve("checkpoints");
        Map<String, String> keys =
                Map.of(
                        "model.image.size", "32",
                        "model.patch.size", "8",
                        "model.encoder", "32x2x2",
                        "model.decoder", "32x1x2",
                        "train.batch.size", "" + BATCH,
                        "train.learning.rate", "0.003",
                        "train.replay.policy", "none",
                        "feed.crop.min.scale", "1");
        return Training.service(
                Training.settings(RUN, directory, keys),
                clients,
                new FileSystemStore(directory),
                new TrainingObserver() {
                    @Override
                    public void stepped(StepReport step) {
                        steps.incrementAndGet();
                    }
                });
    }

    /** Only drift: what else may be asked for depends on how fast this machine learns. */
    private TriggerSettings settings(String stateDir) {
        Map<String, String> keys = new HashMap<>();
        keys.put("trigger.plateau.window.steps", "0");
        keys.put("trigger.improvement.share", "0");
        keys.put("trigger.state.dir", root.resolve(stateDir).toString());
        return TriggerSettings.from(TriggerSettings.definition().parse(keys));
    }

    private Worker watching(KafkaClients clients, String stateDir) {
        TriggerService triggers =
                new TriggerService(clients, settings(stateDir), new LoggingTriggerObserver());
        return new Worker("triggers", () -> ServiceRuns.watch(triggers), triggers::close);
    }

    private static void publish(KafkaClients clients, int first, int frames) throws Exception {
        SimulationSettings simulated =
                new SimulationSettings(CAMERAS, 48, 48, 0, 1, first, frames, FRAMES_BEFORE);
        try (SimulatedCameraSource cameras =
                        new SimulatedCameraSource(simulated, Pacer.realTime());
                Producer<String, PreparedImage> producer =
                        clients.producer(
                                AvroSerde.serializer(PreparedImage.class),
                                KafkaClients.UNCOMPRESSED)) {
            Optional<SourceImage> image = cameras.next();
            while (image.isPresent()) {
                producer.send(record(image.get()));
                image = cameras.next();
            }
        }
    }

    private static ProducerRecord<String, PreparedImage> record(SourceImage image) {
        return new ProducerRecord<>(
                Topics.IMAGES_PREPARED,
                image.sourceId(),
                PreparedImage.newBuilder()
                        .setImageId(image.imageId())
                        .setSourceId(image.sourceId())
                        .setSequence(image.sequence())
                        .setCapturedAt(image.capturedAt())
                        .setWidth(48)
                        .setHeight(48)
                        .setChannels(3)
                        .setFormat("jpeg")
                        .setPayload(ByteBuffer.wrap(image.bytes()))
                        .setRawPartition(0)
                        .setRawOffset(image.sequence())
                        .build());
    }

    private static List<CheckpointCommitted> drifts(KafkaClients clients) {
        return Training.committed(clients, RUN).stream()
                .filter(event -> event.getTrigger().getKind() == TriggerKind.DRIFT)
                .toList();
    }

    private static List<CheckpointRequested> requests(KafkaClients clients) {
        List<CheckpointRequested> found = new ArrayList<>();
        TopicPartition partition = new TopicPartition(Topics.CHECKPOINT_REQUESTS, 0);
        try (var consumer =
                clients.consumer(AvroSerde.deserializer(CheckpointRequested.class), Map.of())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(one -> found.add(one.value()));
            }
        }
        return found;
    }
}
