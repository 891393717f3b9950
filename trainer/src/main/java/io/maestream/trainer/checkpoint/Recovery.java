package io.maestream.trainer.checkpoint;

import io.maestream.checkpoints.CheckpointStore;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.trainer.report.TrainingObserver;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a run goes on from: the newest committed checkpoint whose every digest holds. Only
 * committed events are believed; a directory that none names is never read. Releases are passed
 * over: a run goes on from its plateau.
 */
public final class Recovery {

    private final CheckpointStore store;
    private final TrainingObserver observer;

    public Recovery(CheckpointStore store, TrainingObserver observer) {
        this.store = store;
        this.observer = observer;
    }

    /**
     * @param committed the run's events, oldest first
     * @throws UnrecoverableException if there are events but none of their checkpoints is whole
     */
    public Optional<Restored> newestWhole(List<CheckpointCommitted> committed) {
        List<CheckpointCommitted> lineage = Releases.without(committed);
        for (int i = lineage.size() - 1; i >= 0; i--) {
            Optional<Restored> restored = restore(lineage.get(i));
            if (restored.isPresent()) {
                return restored;
            }
        }
        if (!committed.isEmpty()) {
            throw new UnrecoverableException(
                    ("run '%s' has %d committed checkpoints, but none of them is whole in %s;"
                                    + " put a copy back, or start a new run with --set run.id=NAME")
                            .formatted(
                                    committed.get(0).getRunId(),
                                    committed.size(),
                                    store.location()));
        }
        return Optional.empty();
    }

    private Optional<Restored> restore(CheckpointCommitted event) {
        String id = event.getCheckpointId();
        try {
            StoredCheckpoints.Contents contents =
                    new StoredCheckpoints(store).read(id, event.getManifestSha256());
            return Optional.of(new Restored(event, contents.tensors(), contents.state()));
        } catch (IOException e) {
            observer.checkpointRefused(id, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
