package io.maestream.trainer;

import io.maestream.trainer.checkpoint.Boundary;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** When training ends: on request, or at a boundary. */
public final class StopCondition {

    private final AtomicBoolean requested = new AtomicBoolean();
    private final Predicate<Boundary> end;

    /**
     * @param maxSteps stop at this step; 0 for never
     */
    public StopCondition(long maxSteps) {
        this(boundary -> maxSteps > 0 && boundary.progress().step() >= maxSteps);
    }

    private StopCondition(Predicate<Boundary> end) {
        this.end = end;
    }

    /** Stops where the run has drawn so many images. */
    static StopCondition afterSlots(long slots) {
        return when(boundary -> boundary.feed().slots() >= slots);
    }

    /** Stops where it is told to. */
    static StopCondition when(Predicate<Boundary> end) {
        return new StopCondition(end);
    }

    /** Asks for a clean stop; may be called from any thread, any number of times. */
    public void request() {
        requested.set(true);
    }

    public boolean isRequested() {
        return requested.get();
    }

    boolean reached(Boundary boundary) {
        return requested.get() || end.test(boundary);
    }
}
