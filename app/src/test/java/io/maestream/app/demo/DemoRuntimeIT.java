package io.maestream.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.app.Payloads;
import io.maestream.app.RecordPublisher;
import io.maestream.app.Records;
import io.maestream.app.Sections;
import io.maestream.app.Settings;
import io.maestream.app.broker.BrokerSettings;
import io.maestream.app.broker.EmbeddedBroker;
import io.maestream.app.config.ConfigSources;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.tail.CommittedCheckpoints;
import io.maestream.app.tail.TopicTail;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.ReconstructionSample;
import io.maestream.schemas.StepMetrics;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.client.KafkaSettings;
import io.maestream.schemas.topic.TopicSettings;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoRuntimeIT {
    private static final KafkaSettings KAFKA = KafkaSettings.of("replaced:1");

    private final StringWriter written = new StringWriter();
    @TempDir Path dataDir;

    @Test
    void shouldShowASessionFromItsTopicsAndGoOnFromTheLastCheckpointInTheNext() {
        // Given a session of five steps that ends with a checkpoint when it is stopped
        DemoSummary first = runtime(OptionalLong.of(5)).run(KAFKA, new PublishingParts(false));

        // Then everything published was shown, the last checkpoint included
        assertThat(first.totals().steps()).isEqualTo(5);
        assertThat(first.checkpoints()).isEqualTo(1);
        assertThat(written.toString())
                .contains("Run default: a new run")
                .contains("step-000005.png")
                .contains("checkpoint committed: default-5  step 5");
        assertThat(dataDir.resolve("panels/step-000005.png")).hasBinaryContent(new byte[] {7});

        // When a second session begins on the same directory
        DemoSummary second = runtime(OptionalLong.of(2)).run(KAFKA, new PublishingParts(false));

        // Then it says where it goes on, and counts its own steps only
        assertThat(second.totals().steps()).isEqualTo(2);
        assertThat(written.toString())
                .contains("going on from checkpoint default-5")
                .contains("checkpoint committed: default-7");
    }

    @Test
    void shouldEndByTheClockAndWhenStoppedAndWhenAPartFails() {
        // Given plans without a number of steps
        DemoRuntime byClock = runtime(OptionalLong.empty(), Optional.of(Duration.ofMillis(300)));
        DemoRuntime stopped = runtime(OptionalLong.empty());
        DemoRuntime failing = runtime(OptionalLong.empty());

        // When one runs out of time, one is stopped, and a trainer fails
        byClock.run(KAFKA, new PublishingParts(false));
        stopped.stop();
        stopped.run(KAFKA, new PublishingParts(false));

        // Then only the failure is one
        assertThatThrownBy(() -> failing.run(KAFKA, new PublishingParts(true)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("diverged");
    }

    @Test
    void shouldCarryFramesFromCamerasToTheTrainerAndRepeatNoneInTheNextSession() {
        // Given two sessions, each of which ends when six more images have arrived prepared
        List<PreparedImage> seen = new CopyOnWriteArrayList<>();
        runtime(OptionalLong.empty()).run(KAFKA, services(6, new ArrayList<>()));

        // When
        runtime(OptionalLong.empty()).run(KAFKA, services(12, seen));

        // Then every image is another frame
        assertThat(seen).hasSizeGreaterThanOrEqualTo(12);
        assertThat(seen)
                .extracting(image -> image.getSourceId() + "/" + image.getImageId())
                .doesNotHaveDuplicates();
    }

    /**
     * Real cameras and preparation; the trainer only looks at the images, until it has seen some.
     */
    private DemoParts services(int images, List<PreparedImage> seen) {
        LoadedConfig config =
                Settings.load(
                        ConfigSources.ofAssignments(
                                "data.dir=" + dataDir, "simulate.frames.per.second=50"),
                        Map.of());
        var settings =
                new ServiceParts.Settings(
                        config.get(Sections.TOPICS),
                        config.get(Sections.PUBLISH),
                        Payloads.none(),
                        config.get(Sections.PREPARE));
        return new ServiceParts(
                new DemoSource.Cameras(config.get(Sections.SIMULATE)),
                settings,
                (kafka, untilStep) -> new LookingTraining(kafka, images, seen));
    }

    private DemoRuntime runtime(OptionalLong steps) {
        return runtime(steps, Optional.empty());
    }

    private DemoRuntime runtime(OptionalLong steps, Optional<Duration> duration) {
        return new DemoRuntime(
                new DemoPlan(dataDir, Records.RUN, steps, duration),
                new DemoDisplay(new Screen(new PrintWriter(written), false), false, 80),
                new EmbeddedBroker(new BrokerSettings(dataDir, 0, 32 << 20)),
                TopicSettings.defaults());
    }

    private static final class LookingTraining implements Training {
        private final TopicTail<PreparedImage> tail;
        private final int images;
        private final List<PreparedImage> seen;

        LookingTraining(KafkaSettings kafka, int images, List<PreparedImage> seen) {
            var clients = new KafkaClients(kafka, TopicSettings.defaults());
            var consumer = clients.consumer(AvroSerde.deserializer(PreparedImage.class), Map.of());
            this.tail = new TopicTail<>(consumer, Topics.IMAGES_PREPARED);
            this.images = images;
            this.seen = seen;
        }

        @Override
        public void run() {
            try (tail) {
                tail.follow(
                        record -> {
                            seen.add(record.value());
                            if (seen.size() >= images) {
                                tail.stop();
                            }
                        });
            }
        }

        @Override
        public void stop() {
            tail.stop();
        }
    }

    /** A trainer that publishes records without training, and nothing else. */
    private record PublishingParts(boolean fails) implements DemoParts {
        @Override
        public Worker source(KafkaSettings kafka) {
            return new Worker("source", () -> {}, () -> {});
        }

        @Override
        public Worker preparation(KafkaSettings kafka) {
            return new Worker("preparation", () -> {}, () -> {});
        }

        @Override
        public Training training(KafkaSettings kafka, OptionalLong untilStep) {
            CountDownLatch stop = new CountDownLatch(1);
            return new Training() {
                @Override
                public void run() {
                    if (fails) {
                        throw new IllegalStateException("diverged");
                    }
                    publish(kafka, untilStep.orElse(1));
                    if (untilStep.isEmpty()) {
                        await(stop);
                    }
                }

                @Override
                public void stop() {
                    stop.countDown();
                }
            };
        }

        private static void await(CountDownLatch stop) {
            try {
                stop.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static void publish(KafkaSettings kafka, long until) {
            KafkaClients clients = new KafkaClients(kafka, TopicSettings.defaults());
            long from =
                    CommittedCheckpoints.lastOf(clients, Records.RUN)
                            .map(event -> event.getStep())
                            .orElse(0L);
            try (RecordPublisher publisher = new RecordPublisher(clients)) {
                for (long step = from + 1; step <= until; step++) {
                    publisher.send(
                            Topics.TRAINING_METRICS, StepMetrics.class, Records.step(step, 1f));
                }
                publisher.send(
                        Topics.TRAINING_RECONSTRUCTIONS,
                        ReconstructionSample.class,
                        Records.panel(until, new byte[] {7}));
                publisher.sendGarbage(Topics.CHECKPOINTS);
                publisher.send(
                        Topics.CHECKPOINTS,
                        CheckpointCommitted.class,
                        Records.committed(Records.RUN, until));
            }
        }
    }
}
