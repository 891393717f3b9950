package io.maestream.trainer.checkpoint;

import io.maestream.checkpoints.CheckpointStore;
import io.maestream.checkpoints.PublishedCheckpoint;
import java.io.IOException;

/**
 * Writes snapshots into a store.
 *
 * @param store where to
 * @param run what all of them have in common
 */
public record StoreSnapshotWriter(CheckpointStore store, RunDescription run)
        implements SnapshotWriter {

    @Override
    public PublishedCheckpoint write(Snapshot snapshot) throws IOException {
        // A try before this one may have failed after its rename: no event names what it left.
        store.delete(snapshot.id());
        return CheckpointFiles.publish(store, snapshot, run);
    }
}
