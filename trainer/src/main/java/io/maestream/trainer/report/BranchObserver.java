package io.maestream.trainer.report;

import io.maestream.trainer.feed.BadRecord;
import java.time.Duration;

/** Tells what happens on a branch, whose steps are none of the run's. */
public final class BranchObserver implements TrainingObserver {

    private final TrainingObserver run;
    private final long until;

    /**
     * @param run told of the branch
     * @param until the step at which it ends
     */
    public BranchObserver(TrainingObserver run, long until) {
        this.run = run;
        this.until = until;
    }

    @Override
    public void stepped(StepReport step) {
        run.annealed(step, until);
    }

    @Override
    public void idle(Duration waited) {
        run.idle(waited);
    }

    @Override
    public void badRecord(BadRecord bad) {
        run.badRecord(bad);
    }
}
