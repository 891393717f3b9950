package io.maestream.trainer.checkpoint;

import io.maestream.checkpoints.CheckpointStore;
import io.maestream.checkpoints.PublishedCheckpoint;
import io.maestream.mae.TrainState;
import io.maestream.schemas.CheckpointCommitted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;

/**
 * The way of a checkpoint after it was copied: files written on a background thread, then the
 * transaction, then retention.
 */
public final class CheckpointPipeline {

    private final CheckpointStore store;
    private final CheckpointTransaction transaction;
    private final CheckpointKeeper keeper;
    private final Plan plan;
    private final ExecutorService writer;

    /**
     * @param run what all checkpoints have in common
     * @param arithmetic what decides the numbers of a step
     * @param schedule when one is due
     */
    public record Plan(
            RunDescription run, RunState.Arithmetic arithmetic, CheckpointSchedule schedule) {}

    public CheckpointPipeline(
            CheckpointStore store,
            CheckpointTransaction transaction,
            CheckpointKeeper keeper,
            Plan plan,
            ExecutorService writer) {
        this.store = store;
        this.transaction = transaction;
        this.keeper = keeper;
        this.plan = plan;
        this.writer = writer;
    }

    CheckpointSchedule schedule() {
        return plan.schedule();
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

    /** Weights and moments of a checkpoint that this run has published. */
    TrainState read(String checkpointId, long step) {
        try {
            return CheckpointFiles.readTensors(store.directory(checkpointId), step);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "checkpoint %s cannot be read: %s".formatted(checkpointId, e.getMessage()), e);
        }
    }

    InFlight write(Snapshot snapshot) {
        return new InFlight(
                snapshot, CompletableFuture.supplyAsync(() -> publish(snapshot), writer));
    }

    void commit(CheckpointCommitted event, ConsumerGroupMetadata group) {
        transaction.commit(event, group);
        writer.execute(() -> keeper.keep(event));
    }

    private PublishedCheckpoint publish(Snapshot snapshot) {
        try {
            return CheckpointFiles.publish(store, snapshot, plan.run());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "checkpoint %s could not be written to %s: %s"
                            .formatted(snapshot.id(), store.location(), e.getMessage()),
                    e);
        }
    }

    /** A checkpoint whose files are being written. */
    record InFlight(Snapshot snapshot, CompletableFuture<PublishedCheckpoint> files) {

        boolean isWritten() {
            return files.isDone();
        }

        PublishedCheckpoint join() {
            try {
                return files.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }
    }
}
