package io.maestream.trainer;

import java.util.concurrent.atomic.AtomicBoolean;

/** When training ends: on request, or at a step. */
public final class StopCondition {

    private final AtomicBoolean requested = new AtomicBoolean();
    private final long maxSteps;

    /**
     * @param maxSteps stop at this step; 0 for never
     */
    public StopCondition(long maxSteps) {
        this.maxSteps = maxSteps;
    }

    /** Asks for a clean stop; may be called from any thread, any number of times. */
    public void request() {
        requested.set(true);
    }

    public boolean isRequested() {
        return requested.get();
    }

    boolean reached(Progress progress) {
        return requested.get() || (maxSteps > 0 && progress.step() >= maxSteps);
    }
}
