package io.maestream.trainer.checkpoint;

import io.maestream.checkpoints.PublishedCheckpoint;
import java.io.IOException;

/** Turns a snapshot into a checkpoint that lies in the store; called on the writing thread. */
public interface SnapshotWriter {

    /**
     * Writes all files and makes them visible at once.
     *
     * @throws IOException if the store does not take them now; nothing is visible then
     */
    PublishedCheckpoint write(Snapshot snapshot) throws IOException;
}
