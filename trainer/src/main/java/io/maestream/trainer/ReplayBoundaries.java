package io.maestream.trainer;

import io.maestream.trainer.checkpoint.Boundary;
import io.maestream.trainer.checkpoint.Checkpointing;
import io.maestream.trainer.feed.RecordSource;
import io.maestream.trainer.feed.RecordsGoneException;

/** The boundaries of a replay: nothing is kept, and nothing may be lacking. */
final class ReplayBoundaries implements Checkpointing {

    private final RecordSource source;
    private Boundary last;

    ReplayBoundaries(RecordSource source) {
        this.source = source;
    }

    @Override
    public void at(Boundary boundary) {
        boolean idle = last != null && last.feed() == boundary.feed();
        if (idle && source.lag() == 0) {
            throw new RecordsGoneException(
                    "the recorded order of picks ends before the checkpoint does");
        }
        last = boundary;
    }

    @Override
    public void finish(Boundary boundary) {
        last = boundary;
    }

    /** Never asked for: a run begins anew where it went back, and so does its replay. */
    @Override
    public Progress goBack(Boundary boundary) {
        throw new IllegalStateException("a replay goes on to its checkpoint");
    }

    Boundary last() {
        return last;
    }
}
