package io.maestream.trainer;

/**
 * Says when a run must go back to its last committed checkpoint.
 *
 * @param bound steps in a row whose loss or gradient was not finite before it does
 */
record DivergenceGuard(int bound) {

    /** True if the step that led here was one too many. */
    boolean mustGoBack(Progress progress) {
        return progress.skippedInARow() >= bound;
    }
}
