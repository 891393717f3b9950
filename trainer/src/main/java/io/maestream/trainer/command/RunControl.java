package io.maestream.trainer.command;

/** Asked at every step boundary whether the run goes on. */
public interface RunControl {

    /** Nobody asks anything. */
    RunControl NONE = () -> true;

    /**
     * Obeys what was asked since the last boundary.
     *
     * @return whether a step may be made; if not, it has waited a while
     */
    boolean mayStep();
}
