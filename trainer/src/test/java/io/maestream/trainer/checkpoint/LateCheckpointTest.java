package io.maestream.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.checkpoints.FileSystemStore;
import io.maestream.checkpoints.PublishPoint;
import io.maestream.checkpoints.PublishedCheckpoint;
import io.maestream.mae.Precision;
import io.maestream.mae.TrainState;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.wire.AvroSerde;
import io.maestream.trainer.Progress;
import io.maestream.trainer.feed.FeedState;
import io.maestream.trainer.feed.Interleaving;
import io.maestream.trainer.feed.MemoryState;
import io.maestream.trainer.feed.PartitionId;
import io.maestream.trainer.report.TrainingObserver;
import io.maestream.trainer.retry.Backoff;
import io.maestream.trainer.retry.Retry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Store and broker that do not take a checkpoint at first. */
class LateCheckpointTest {

    private static final PartitionId P0 = new PartitionId("images.prepared", 0);

    @TempDir Path root;

    private final MockProducer<String, CheckpointCommitted> producer =
            new MockProducer<>(
                    true,
                    null,
                    new StringSerializer(),
                    AvroSerde.serializer(CheckpointCommitted.class));
    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private final StaticMembership group = new StaticMembership();
    private final List<CheckpointCommitted> told = new ArrayList<>();
    private final Deque<String> late = new ConcurrentLinkedDeque<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @AfterEach
    void stop() throws InterruptedException {
        background.shutdown();
        assertThat(background.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldTrainOnAndCommitLateWhenTheDiskIsFullForAWhile() {
        // Given a store that is full three times, each time at another moment
        List<String> full = new ArrayList<>(List.of("begin", "write", "rename"));
        FileSystemStore store = new FileSystemStore(root, point -> failAt(point, full));
        CheckpointCoordinator coordinator = coordinator(writer(store));

        // When steps go on
        trainUntil(coordinator, () -> !told.isEmpty());

        // Then what is committed is the copy of step 4, whole, and everybody was told
        assertThat(full).isEmpty();
        assertThat(late).hasSize(3).allMatch(reason -> reason.contains("No space left on device"));
        assertThat(told.get(0).getStep()).isEqualTo(4);
        assertThat(told.get(0).getNextOffsets().get(0).getOffset()).isEqualTo(40);
        Restored restored =
                new Recovery(store, new TrainingObserver() {}).newestWhole(told).orElseThrow();
        assertThat(restored.state().progress().step()).isEqualTo(4);
    }

    @Test
    void shouldCommitWithTheNewMembershipWhenTheGroupChangedInMidCommit() {
        // Given a group that changes while the first commit is under way
        producer.sendOffsetsToTransactionException = new CommitFailedException("rebalance");
        CheckpointCoordinator coordinator = coordinator(writer(new FileSystemStore(root)));

        // When steps go on and the group has settled
        trainUntil(coordinator, () -> !late.isEmpty());
        producer.sendOffsetsToTransactionException = null;
        trainUntil(coordinator, () -> !told.isEmpty());

        // Then nothing of the refused commits is visible, and fresh membership was used
        assertThat(told).singleElement().extracting(CheckpointCommitted::getStep).isEqualTo(4L);
        assertThat(producer.history()).hasSize(2);
        assertThat(group.asked()).isGreaterThan(1);
    }

    @Test
    void shouldStopAndSayWhatToDoWhenTheDiskStaysFull() {
        // Given a store that never takes anything
        AtomicBoolean asked = new AtomicBoolean(true);
        CheckpointCoordinator coordinator =
                coordinator(
                        RetryingSnapshotWriter.wrap(
                                snapshot -> {
                                    if (asked.get()) {
                                        throw new IOException("No space left on device");
                                    }
                                    return null;
                                },
                                retry()));

        // When the trainer is stopped, then it does not wait for ever
        assertThatThrownBy(() -> coordinator.finish(boundary(5)))
                .isInstanceOf(CheckpointOverdueException.class)
                .hasMessageContaining("run 'run' stops without checkpoint step-000000005")
                .hasMessageContaining(root.toString())
                .hasMessageContaining("start again");
        asked.set(false);
    }

    @Test
    void shouldStopWithTheReasonWhenTryingAgainIsOfNoUse() {
        CheckpointCoordinator coordinator =
                coordinator(
                        snapshot -> {
                            throw new IllegalStateException("a mistake in the program");
                        });
        coordinator.at(boundary(4));

        assertThatThrownBy(() -> coordinator.finish(boundary(5)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a mistake in the program");
    }

    @Test
    void shouldTakeCheckpointsAtTheirPaceAgainAfterTheClockWasSetBack() {
        // Given a checkpoint every minute, and one that was taken
        CheckpointCoordinator coordinator =
                coordinator(
                        writer(new FileSystemStore(root)),
                        new CheckpointSchedule(0, Duration.ofSeconds(60)));
        now = now.plusSeconds(61);
        awaitCommits(coordinator, 4, 1);

        // When the clock is set back by a day
        now = now.minus(Duration.ofDays(1));
        awaitCommits(coordinator, 6, 2);
        coordinator.at(boundary(8));
        awaitIdle();
        coordinator.at(boundary(8));
        assertThat(told).as("no hail of checkpoints").hasSize(2);
        now = now.plusSeconds(61);
        awaitCommits(coordinator, 9, 3);

        // Then the lineage is whole
        assertThat(told.get(1).getTrigger().getReason()).contains("clock was set back");
        assertThat(LineageAudit.of(told).problems()).isEmpty();
    }

    private long step = 3;

    private void trainUntil(CheckpointCoordinator coordinator, BooleanSupplier condition) {
        until(
                () -> {
                    coordinator.at(boundary(++step));
                    return condition.getAsBoolean();
                });
    }

    private void awaitCommits(CheckpointCoordinator coordinator, long step, int commits) {
        until(
                () -> {
                    coordinator.at(boundary(step));
                    return told.size() == commits;
                });
    }

    private void awaitIdle() {
        try {
            background.submit(() -> {}).get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private void failAt(PublishPoint point, List<String> full) {
        String moment =
                switch (point) {
                    case BEFORE_DRAFT -> "begin";
                    case MID_WRITE -> "write";
                    case AFTER_RENAME -> "rename";
                    default -> "";
                };
        if (!full.isEmpty() && full.get(0).equals(moment)) {
            full.remove(0);
            throw new UncheckedIOException(new IOException("No space left on device"));
        }
    }

    /** The observer of the store cannot throw what a disk throws. */
    private SnapshotWriter writer(FileSystemStore store) {
        SnapshotWriter plain = new StoreSnapshotWriter(store, plan(schedule()).run());
        return RetryingSnapshotWriter.wrap(snapshot -> unwrapped(plain, snapshot), retry());
    }

    private static PublishedCheckpoint unwrapped(SnapshotWriter writer, Snapshot snapshot)
            throws IOException {
        try {
            return writer.write(snapshot);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private CheckpointCoordinator coordinator(SnapshotWriter writer) {
        return coordinator(writer, schedule());
    }

    private CheckpointCoordinator coordinator(SnapshotWriter writer, CheckpointSchedule schedule) {
        CheckpointTransaction transaction = new CheckpointTransaction(producer);
        transaction.takeOver();
        return new CheckpointCoordinator(
                new CheckpointCoordinator.Term(
                        new CheckpointCoordinator.Tensors(LateCheckpointTest::tensors, copy -> {}),
                        new Interleaving(0),
                        start(),
                        group),
                new CheckpointPipeline(
                        new CheckpointPipeline.Storage(
                                new FileSystemStore(root), writer, newest -> {}),
                        transaction,
                        plan(schedule),
                        background),
                new TrainingObserver() {
                    @Override
                    public void committed(CheckpointCommitted event) {
                        told.add(event);
                    }
                },
                new Clock() {
                    @Override
                    public Instant instant() {
                        return now;
                    }

                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }
                });
    }

    private Retry retry() {
        return new Retry(
                Backoff.USUAL, () -> 0.5, time -> {}, (what, reason, next) -> late.add(reason));
    }

    private CheckpointPipeline.Plan plan(CheckpointSchedule schedule) {
        return new CheckpointPipeline.Plan(
                new RunDescription("run", SmallModel.DESCRIPTION, "digest", "test"),
                new RunState.Arithmetic(42, Optional.of(Precision.FP32)),
                schedule,
                retry(),
                Duration.ofMillis(300));
    }

    private static CheckpointSchedule schedule() {
        return new CheckpointSchedule(40, Duration.ZERO);
    }

    private static Boundary boundary(long step) {
        return new Boundary(
                new Progress(step, step * 10, 0, 0),
                new FeedState(
                        new TreeMap<>(Map.of(P0, step * 10)),
                        step * 10,
                        0,
                        List.of(),
                        MemoryState.EMPTY),
                0.5);
    }

    private Lineage start() {
        return new Lineage(
                Optional.empty(),
                now,
                Progress.NONE,
                new TreeMap<>(Map.of(P0, 0L)),
                0,
                Lineage.Losses.NONE,
                Optional.empty());
    }

    private static TrainState tensors() {
        return SmallModel.state(1);
    }
}
