package io.maestream.trainer.checkpoint;

import io.maestream.checkpoints.PublishedCheckpoint;
import io.maestream.trainer.retry.Retry;
import java.io.IOException;
import java.io.InterruptedIOException;

/**
 * Tries again for as long as the store takes nothing (disk full, read-only, away): training goes on
 * meanwhile and the checkpoint is late.
 */
public final class RetryingSnapshotWriter implements SnapshotWriter {

    private final SnapshotWriter writer;
    private final Retry retry;

    private RetryingSnapshotWriter(SnapshotWriter writer, Retry retry) {
        this.writer = writer;
        this.retry = retry;
    }

    public static SnapshotWriter wrap(SnapshotWriter writer, Retry retry) {
        return new RetryingSnapshotWriter(writer, retry);
    }

    @Override
    public PublishedCheckpoint write(Snapshot snapshot) throws IOException {
        int failures = 0;
        while (true) {
            try {
                return writer.write(snapshot);
            } catch (IOException e) {
                pause(++failures, snapshot.id(), e);
            }
        }
    }

    private void pause(int failures, String id, IOException failure) throws IOException {
        try {
            retry.after(failures, id, failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var given = new InterruptedIOException("given up: " + failure.getMessage());
            given.initCause(failure);
            throw given;
        }
    }
}
