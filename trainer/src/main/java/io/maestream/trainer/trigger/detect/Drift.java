package io.maestream.trainer.trigger.detect;

/**
 * A camera's loss that has risen.
 *
 * @param before its mean when the rise began
 * @param now its mean since then
 * @param steps with the camera that the rise has lasted
 */
public record Drift(double before, double now, int steps) {

    /** Relative rise; 0.5 is half as much again. */
    public double rise() {
        return now / before - 1;
    }
}
