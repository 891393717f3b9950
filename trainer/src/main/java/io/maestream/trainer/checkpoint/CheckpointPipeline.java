package io.maestream.trainer.checkpoint;

import io.maestream.checkpoints.CheckpointReader;
import io.maestream.checkpoints.PublishedCheckpoint;
import io.maestream.mae.TrainState;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.trainer.retry.Retry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;

/**
 * The way of a checkpoint after it was copied: files, then the transaction, then retention, all on
 * one background thread, so that neither a slow store nor a broker that is away stops the steps.
 */
public final class CheckpointPipeline {

    private final Storage storage;
    private final CheckpointTransaction transaction;
    private final Plan plan;
    private final ExecutorService background;

    /**
     * @param run what all checkpoints have in common
     * @param arithmetic what decides the numbers of a step
     * @param schedule when one is due
     * @param retry what happens after a commit that was not taken
     * @param patience how long a stop waits for the last checkpoint
     */
    public record Plan(
            RunDescription run,
            RunState.Arithmetic arithmetic,
            CheckpointSchedule schedule,
            Retry retry,
            Duration patience) {}

    /**
     * @param reader of what lies in the store
     * @param writer of snapshots into it
     * @param keeper told after every commit
     */
    public record Storage(
            CheckpointReader reader, SnapshotWriter writer, CheckpointKeeper keeper) {}

    /**
     * @param background one thread
     */
    public CheckpointPipeline(
            Storage storage,
            CheckpointTransaction transaction,
            Plan plan,
            ExecutorService background) {
        this.storage = storage;
        this.transaction = transaction;
        this.plan = plan;
        this.background = background;
    }

    CheckpointSchedule schedule() {
        return plan.schedule();
    }

    Duration patience() {
        return plan.patience();
    }

    RunState.Arithmetic arithmetic() {
        return plan.arithmetic();
    }

    /** A new id that no other attempt at the same step has: sorted by step, unique by chance. */
    String newId(long step) {
        return "step-%09d-%s".formatted(step, UUID.randomUUID().toString().substring(0, 8));
    }

    String runId() {
        return plan.run().runId();
    }

    String location() {
        return storage.reader().location();
    }

    /** Weights and moments of a checkpoint that this run has published. */
    TrainState read(String checkpointId, long step) {
        try {
            return CheckpointFiles.readTensors(storage.reader().directory(checkpointId), step);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "checkpoint %s cannot be read: %s".formatted(checkpointId, e.getMessage()), e);
        }
    }

    CompletableFuture<PublishedCheckpoint> write(Snapshot snapshot) {
        return CompletableFuture.supplyAsync(() -> publish(snapshot), background);
    }

    /**
     * Fails with what {@link CheckpointTransaction#commit} throws; if it can be tried again, only
     * when it is time to.
     *
     * @param failures how often this checkpoint's commit was not taken before
     */
    CompletableFuture<Void> commit(
            CheckpointCommitted event, ConsumerGroupMetadata group, int failures) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        transaction.commit(event, group);
                    } catch (NotCommittedException e) {
                        pause(failures + 1, event.getCheckpointId(), e);
                        throw e;
                    }
                },
                background);
    }

    void keep(CheckpointCommitted event) {
        background.execute(() -> storage.keeper().keep(event));
    }

    private void pause(int failures, String checkpointId, NotCommittedException failure) {
        try {
            plan.retry().after(failures, checkpointId, failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private PublishedCheckpoint publish(Snapshot snapshot) {
        try {
            return storage.writer().write(snapshot);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "checkpoint %s could not be written to %s: %s"
                            .formatted(snapshot.id(), location(), e.getMessage()),
                    e);
        }
    }
}
