package io.maestream.mae.schedule;

/**
 * Falls from where another schedule was to zero along one minus a square root, which leaves the
 * plateau steeply and ends gently (arXiv:2405.18392, section 4): for the end of a branch.
 *
 * @param plateau the schedule that is left
 * @param from steps made when the branch began
 * @param steps of the branch
 */
public record Anneal(LearningRateSchedule plateau, long from, long steps)
        implements LearningRateSchedule {

    public Anneal {
        if (from < 0 || steps < 1) {
            throw new IllegalArgumentException(
                    "an anneal begins at a step >= 0 (%d) and has steps (%d)"
                            .formatted(from, steps));
        }
    }

    /** The plateau's rate at the first step; the last one is above zero, or it would be wasted. */
    @Override
    public double learningRate(long step) {
        if (step <= from) {
            return plateau.learningRate(step);
        }
        double share = Math.min(1, (step - from) / (double) steps);
        return plateau.learningRate(from) * (1 - Math.sqrt(share));
    }
}
