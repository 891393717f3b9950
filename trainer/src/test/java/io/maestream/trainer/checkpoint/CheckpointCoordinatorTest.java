package io.maestream.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.checkpoints.FileSystemStore;
import io.maestream.mae.Precision;
import io.maestream.mae.TrainState;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.OffsetRange;
import io.maestream.schemas.Trigger;
import io.maestream.schemas.TriggerKind;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import io.maestream.trainer.Progress;
import io.maestream.trainer.feed.FeedState;
import io.maestream.trainer.feed.Gap;
import io.maestream.trainer.feed.Interleaving;
import io.maestream.trainer.feed.MemoryState;
import io.maestream.trainer.feed.PartitionId;
import io.maestream.trainer.feed.RecordRef;
import io.maestream.trainer.report.TrainingObserver;
import io.maestream.trainer.retry.Backoff;
import io.maestream.trainer.retry.Retry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointCoordinatorTest {

    private static final PartitionId P0 = new PartitionId("images.prepared", 0);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir Path root;

    private final MockProducer<String, CheckpointCommitted> producer =
            new MockProducer<>(
                    true,
                    null,
                    new StringSerializer(),
                    AvroSerde.serializer(CheckpointCommitted.class));
    private Interleaving interleaving = new Interleaving(0);
    private final List<CheckpointCommitted> told = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final List<TrainState> restored = new ArrayList<>();
    private final Tasks writer = new Tasks();
    private float weight = 1;
    private FileSystemStore store;
    private CheckpointCoordinator coordinator;

    @BeforeEach
    void open() {
        store = new FileSystemStore(root);
        CheckpointTransaction transaction = new CheckpointTransaction(producer);
        transaction.takeOver();
        coordinator =
                new CheckpointCoordinator(
                        new CheckpointCoordinator.Term(
                                new CheckpointCoordinator.Tensors(this::tensors, restored::add),
                                interleaving,
                                start(),
                                new StaticMembership()),
                        new CheckpointPipeline(
                                new CheckpointPipeline.Storage(
                                        store,
                                        new StoreSnapshotWriter(store, plan().run()),
                                        newest -> {}),
                                transaction,
                                plan(),
                                writer),
                        observer(),
                        Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void shouldCommitTheOffsetsOfTheCopyAndNotThoseOfTheLaterBoundary() {
        // Given a checkpoint that became due at step 4
        coordinator.at(boundary(4));
        assertThat(producer.history()).isEmpty();

        // When its files are ready only three steps later
        weight = 99;
        coordinator.at(boundary(6));
        inTheBackground(boundary(7));

        // Then what is committed is step 4: offsets, weights, ranges
        assertThat(told)
                .singleElement()
                .satisfies(
                        event -> {
                            assertThat(event.getStep()).isEqualTo(4);
                            assertThat(event.getNextOffsets().get(0).getOffset()).isEqualTo(40);
                            assertThat(event.getOffsetRanges())
                                    .containsExactly(
                                            new OffsetRange("images.prepared", 0, 5L, 40L));
                            assertThat(event.getTrigger().getKind()).isEqualTo(TriggerKind.IMAGES);
                            assertThat(event.getParentId()).isNull();
                        });
        Restored restored = new Recovery(store, observer()).newestWhole(committed()).orElseThrow();
        assertThat(restored.tensors().parameters().get(0).data().getFloat(0)).isEqualTo(1);
        assertThat(restored.state().feed()).isEqualTo(boundary(4).feed());
    }

    @Test
    void shouldGoOnFromTheParentInTheNextCheckpoint() {
        coordinator.at(boundary(4));
        inTheBackground(boundary(5));
        coordinator.at(boundary(8));
        inTheBackground(boundary(9));

        assertThat(told).hasSize(2);
        assertThat(told.get(1).getParentId()).isEqualTo(told.get(0).getCheckpointId());
        assertThat(told.get(1).getOffsetRanges())
                .containsExactly(new OffsetRange("images.prepared", 0, 40L, 80L));
        assertThat(told.get(1).getSkippedRanges()).as("told once").isEmpty();
    }

    @Test
    void shouldTellWhatWasPassedOverOnTheWay() {
        // Given records up to offset 20, then a gap until 30, then records again
        for (int i = 0; i < 15; i++) {
            interleaving.picked(P0);
            picked++;
        }
        interleaving.skipped(new Gap(P0, 20, 30));
        coordinator.at(boundary(4));
        inTheBackground(boundary(5));

        // Then ranges and gaps meet, and the gap is told once
        assertThat(told.get(0).getOffsetRanges())
                .containsExactly(
                        new OffsetRange("images.prepared", 0, 5L, 20L),
                        new OffsetRange("images.prepared", 0, 30L, 40L));
        assertThat(told.get(0).getSkippedRanges())
                .containsExactly(
                        new OffsetRange("images.prepared", 0, 0L, 5L),
                        new OffsetRange("images.prepared", 0, 20L, 30L));
        assertThat(LineageAudit.of(committed()).problems()).isEmpty();
    }

    @Test
    void shouldTellWhatWasLostBeforeTheFirstCheckpointOfTheTerm() {
        coordinator.at(boundary(4));
        inTheBackground(boundary(5));

        assertThat(told.get(0).getSkippedRanges())
                .containsExactly(new OffsetRange("images.prepared", 0, 0L, 5L));
        assertThat(told.get(0).getMissingReferences()).isEqualTo(3);
    }

    @Test
    void shouldHangAReleaseOnItsParentAndGoOnAsIfThereWereNone() {
        // Given a plateau at step 4 that was asked for, and a branch until step 6
        writer.immediate = true;
        coordinator.ask(new Trigger(TriggerKind.COMMAND, "the plateau before a release"));
        coordinator.at(boundary(4));
        coordinator.finish(boundary(4));
        Lineage plateau = coordinator.lineage();

        // When the release is taken, and the run goes on at step 4 with a feed of its own
        weight = 99;
        Trigger trigger = new Trigger(TriggerKind.RELEASE, "monday");
        coordinator.release(boundary(6), trigger, new RunState.Branch(4, 2));
        weight = 2;
        picked = 35;
        interleaving = new Interleaving(picked);
        coordinator.goOn(interleaving, plateau);
        coordinator.at(boundary(4));
        coordinator.finish(boundary(8));

        // Then both have the same parent, and cover the same images
        assertThat(told).extracting(CheckpointCommitted::getStep).containsExactly(4L, 6L, 8L);
        CheckpointCommitted release = told.get(1);
        assertThat(release.getTrigger()).isEqualTo(trigger);
        assertThat(release.getParentId()).isEqualTo(told.get(0).getCheckpointId());
        assertThat(told.get(2).getParentId()).isEqualTo(told.get(0).getCheckpointId());
        assertThat(release.getOffsetRanges())
                .containsExactly(new OffsetRange("images.prepared", 0, 40L, 60L));
        assertThat(told.get(2).getOffsetRanges())
                .containsExactly(new OffsetRange("images.prepared", 0, 40L, 80L));
        assertThat(LineageAudit.of(committed()).problems()).isEmpty();

        // And recovery passes it over, even where nothing came after it
        List<CheckpointCommitted> upToRelease = committed().subList(0, 2);
        Restored restored = new Recovery(store, observer()).newestWhole(upToRelease).orElseThrow();
        assertThat(restored.event().getStep()).isEqualTo(4);
        assertThat(restored.tensors().parameters().get(0).data().getFloat(0)).isEqualTo(1);
    }

    @Test
    void shouldCommitEverythingThatWasTrainedWhenItFinishes() {
        writer.immediate = true;
        coordinator.at(boundary(4));

        coordinator.finish(boundary(6));

        assertThat(told).extracting(CheckpointCommitted::getStep).containsExactly(4L, 6L);
        assertThat(told.get(1).getTrigger().getKind()).isEqualTo(TriggerKind.SHUTDOWN);
    }

    @Test
    void shouldCommitNothingMoreWhenNothingWasTrainedSince() {
        writer.immediate = true;
        coordinator.at(boundary(4));

        coordinator.finish(boundary(4));

        assertThat(told).extracting(CheckpointCommitted::getStep).containsExactly(4L);
    }

    @Test
    void shouldFallBackToTheParentLoudlyWhenTheLatestIsDamaged() throws IOException {
        // Given two committed checkpoints, the newer one with a flipped byte
        writer.immediate = true;
        coordinator.at(boundary(4));
        coordinator.finish(boundary(6));
        Path damaged =
                store.directory(told.get(1).getCheckpointId()).resolve("optimizer.safetensors");
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length - 1] ^= 1;
        Files.write(damaged, bytes);

        // When
        Restored restored = new Recovery(store, observer()).newestWhole(committed()).orElseThrow();

        // Then
        assertThat(restored.state().progress().step()).isEqualTo(4);
        assertThat(refused).singleElement().asString().contains("optimizer.safetensors: digest");
    }

    @Test
    void shouldGoBackToTheLastCommittedWeightsAndTellWhatThatUndid() {
        // Given a committed step 4 and four more steps
        writer.immediate = true;
        coordinator.at(boundary(4));
        coordinator.at(boundary(5));
        weight = Float.NaN;

        // When the run goes back at step 8 and trains on
        Progress progress = coordinator.goBack(boundary(8));
        weight = 5;
        coordinator.finish(new Boundary(new Progress(6, 60, 10, 0), boundary(10).feed(), 0.4));

        // Then it has the weights of step 4, and the next event names what was passed over
        assertThat(progress.step()).isEqualTo(4);
        assertThat(progress.imagesSeen()).isEqualTo(40);
        assertThat(restored)
                .singleElement()
                .satisfies(
                        state ->
                                assertThat(state.parameters().get(0).data().getFloat(0))
                                        .isEqualTo(1));
        CheckpointCommitted next = told.get(1);
        assertThat(next.getParentId()).isEqualTo(told.get(0).getCheckpointId());
        Restored kept = new Recovery(store, observer()).newestWhole(committed()).orElseThrow();
        assertThat(kept.state().since().wentBackAt()).contains(boundary(8).feed());
        assertThat(next.getSkippedRanges())
                .containsExactly(new OffsetRange("images.prepared", 0, 40L, 80L));
        assertThat(next.getOffsetRanges())
                .containsExactly(new OffsetRange("images.prepared", 0, 80L, 100L));
    }

    @Test
    void shouldStopWhenGoingBackDoesNotHelpOrIsImpossible() {
        assertThatThrownBy(() -> coordinator.goBack(boundary(2)))
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining("has no checkpoint yet")
                .hasMessageContaining("train.learning.rate");

        writer.immediate = true;
        coordinator.at(boundary(4));
        coordinator.at(boundary(5));
        coordinator.goBack(boundary(8));
        assertThatThrownBy(() -> coordinator.goBack(boundary(9)))
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining("diverged again");
    }

    /** The files get written and then committed, while the run stands at a boundary. */
    private void inTheBackground(Boundary boundary) {
        writer.runAll();
        coordinator.at(boundary);
        writer.runAll();
        coordinator.at(boundary);
    }

    private List<CheckpointCommitted> committed() {
        return producer.history().stream()
                .filter(sent -> sent.topic().equals(Topics.CHECKPOINTS))
                .map(sent -> sent.value())
                .toList();
    }

    /** A step takes ten records and trains on ten images. */
    private Boundary boundary(long step) {
        for (long i = picked; i < step * 10 - 5; i++) {
            interleaving.picked(P0);
            picked++;
        }
        return new Boundary(
                new Progress(step, step * 10, 0, 0),
                new FeedState(
                        new TreeMap<>(Map.of(P0, step * 10)),
                        step * 10,
                        step * 10 - 5,
                        List.of(new RecordRef(P0, step, 0)),
                        MemoryState.EMPTY),
                0.5);
    }

    private long picked;

    private static Lineage start() {
        return new Lineage(
                Optional.empty(),
                NOW,
                Progress.NONE,
                new TreeMap<>(Map.of(P0, 0L)),
                0,
                new Lineage.Losses(
                        List.of(new Gap(P0, 0, 5)),
                        List.of(
                                new RecordRef(P0, 0, 0),
                                new RecordRef(P0, 1, 0),
                                new RecordRef(P0, 2, 0))),
                Optional.empty());
    }

    private static CheckpointPipeline.Plan plan() {
        return new CheckpointPipeline.Plan(
                new RunDescription("run", SmallModel.DESCRIPTION, "digest", "test"),
                new RunState.Arithmetic(42, Optional.of(Precision.FP32)),
                new CheckpointSchedule(40, Duration.ZERO),
                new Retry(Backoff.USUAL, () -> 0, time -> {}, (what, reason, next) -> {}),
                Duration.ofSeconds(20));
    }

    private TrainState tensors() {
        return SmallModel.state(weight);
    }

    private TrainingObserver observer() {
        return new TrainingObserver() {
            @Override
            public void committed(CheckpointCommitted event) {
                told.add(event);
            }

            @Override
            public void checkpointRefused(String checkpointId, String reason) {
                refused.add(reason);
            }
        };
    }

    /** Runs tasks when told to. */
    private static final class Tasks extends AbstractExecutorService implements ExecutorService {

        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private boolean immediate;

        void runAll() {
            while (!waiting.isEmpty()) {
                waiting.poll().run();
            }
        }

        @Override
        public void execute(Runnable task) {
            waiting.add(task);
            if (immediate) {
                runAll();
            }
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
