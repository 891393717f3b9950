package io.maestream.trainer.trigger.detect;

/**
 * What is remembered of a run's loss.
 *
 * @param sum of the losses in the window that is being filled
 * @param count of its steps so far
 * @param best least mean of a window, NaN before the first; the level of the last rise after one
 * @param stale windows in a row without an improvement
 * @param told whether this plateau was reported
 */
public record PlateauState(double sum, int count, double best, int stale, boolean told) {

    /** Nothing was seen. */
    public static final PlateauState NONE = new PlateauState(0, 0, Double.NaN, 0, false);
}
