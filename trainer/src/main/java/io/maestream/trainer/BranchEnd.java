package io.maestream.trainer;

import io.maestream.trainer.checkpoint.Boundary;
import io.maestream.trainer.checkpoint.Checkpointing;
import io.maestream.trainer.checkpoint.RunState.Branch;
import java.util.function.Consumer;

/** The boundaries of a branch: nothing is kept before its end. */
final class BranchEnd implements Checkpointing {

    private final Branch branch;
    private final Consumer<Boundary> release;

    /**
     * @param release takes the release; called once, unless the branch ends early
     */
    BranchEnd(Branch branch, Consumer<Boundary> release) {
        this.branch = branch;
        this.release = release;
    }

    @Override
    public void at(Boundary boundary) {}

    @Override
    public void finish(Boundary boundary) {
        if (branch.isOver(boundary.progress())) {
            release.accept(boundary);
        }
    }

    /** Never asked for: a branch that diverges is given up. */
    @Override
    public Progress goBack(Boundary boundary) {
        throw new IllegalStateException("a branch goes on to its end or is given up");
    }
}
