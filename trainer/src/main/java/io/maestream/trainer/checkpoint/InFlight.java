package io.maestream.trainer.checkpoint;

import io.maestream.checkpoints.PublishedCheckpoint;
import io.maestream.schemas.CheckpointCommitted;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A checkpoint on its way: its files are being written, then its commit is under way. */
final class InFlight {

    private final Snapshot snapshot;
    private final CompletableFuture<PublishedCheckpoint> files;
    private Optional<Commit> commit = Optional.empty();
    private int refusals;

    private record Commit(CheckpointCommitted event, CompletableFuture<Void> done) {}

    InFlight(Snapshot snapshot, CompletableFuture<PublishedCheckpoint> files) {
        this.snapshot = snapshot;
        this.files = files;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** How often the commit was not taken. */
    int refusals() {
        return refusals;
    }

    boolean isCommitting() {
        return commit.isPresent();
    }

    /** The files, if they are all there and not yet being committed. */
    Optional<PublishedCheckpoint> readyToCommit() {
        return files.isDone() && commit.isEmpty() ? Optional.of(join(files)) : Optional.empty();
    }

    /** Whether it ends a branch: nothing goes on from it. */
    boolean isRelease() {
        return snapshot.state().branch().isPresent();
    }

    void committing(CheckpointCommitted event, CompletableFuture<Void> done) {
        commit = Optional.of(new Commit(event, done));
    }

    /**
     * The event, once it is committed. After a commit that was not taken, it is ready for another.
     *
     * @throws RuntimeException what made the commit impossible
     */
    Optional<CheckpointCommitted> committed() {
        if (commit.isEmpty() || !commit.get().done().isDone()) {
            return Optional.empty();
        }
        try {
            join(commit.get().done());
            return Optional.of(commit.get().event());
        } catch (NotCommittedException e) {
            commit = Optional.empty();
            refusals++;
            return Optional.empty();
        }
    }

    /** Waits for the background, but no longer than this. */
    void await(Duration patience) {
        CompletableFuture<?> awaited = commit.<CompletableFuture<?>>map(Commit::done).orElse(files);
        try {
            awaited.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // What became of it is told by the methods above.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T join(CompletableFuture<T> done) {
        try {
            return done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
