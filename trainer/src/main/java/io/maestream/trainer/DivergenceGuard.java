package io.maestream.trainer;

/**
 * Counts steps in a row whose loss or gradient was not finite, and says when the run must go back
 * to its last committed checkpoint.
 */
final class DivergenceGuard {

    private final int bound;
    private int inARow;

    /**
     * @param bound steps in a row that are skipped before the run goes back
     */
    DivergenceGuard(int bound) {
        this.bound = bound;
    }

    /** True if this step was one too many; the count begins anew. */
    boolean mustGoBackAfter(boolean applied) {
        inARow = applied ? 0 : inARow + 1;
        if (inARow < bound) {
            return false;
        }
        inARow = 0;
        return true;
    }
}
