package io.maestream.trainer;

import io.maestream.trainer.checkpoint.Boundary;
import io.maestream.trainer.checkpoint.Restored;
import io.maestream.trainer.feed.FeedState;
import java.util.Optional;

/**
 * A point of a run's lineage, from which training goes on.
 *
 * @param checkpointId of the checkpoint that is there; none where a run begins
 * @param boundary how far the run is there
 */
record Point(Optional<String> checkpointId, Boundary boundary) {

    /** A run that has not begun. */
    static final Point BEGINNING =
            new Point(Optional.empty(), Boundary.of(Progress.NONE, FeedState.empty()));

    static Point of(Restored restored) {
        return new Point(
                Optional.of(restored.event().getCheckpointId()),
                Boundary.of(restored.state().progress(), restored.state().feed()));
    }
}
