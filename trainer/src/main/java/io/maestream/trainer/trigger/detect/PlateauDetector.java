package io.maestream.trainer.trigger.detect;

import java.util.Optional;

/**
 * Finds that a run's loss no longer falls: the means of consecutive windows are compared with the
 * best one, and after so many without an improvement there is a plateau (patience and relative
 * threshold as in early stopping; L. Prechelt, Early stopping, but when?, 1998). Each is reported
 * once; it is over when the loss falls well below it, or rises to another level. Pure.
 */
public final class PlateauDetector {

    /** A relative rise that is another level rather than noise. */
    private static final double OTHER_LEVEL = 0.1;

    /** A relative fall that ends a plateau that was told of; less may be the luck of a window. */
    private static final double BELOW_PLATEAU = 0.05;

    private final PlateauSettings settings;

    /** With these settings. */
    public PlateauDetector(PlateauSettings settings) {
        this.settings = settings;
    }

    /**
     * A loss that no longer falls.
     *
     * @param mean of the last window
     * @param best mean of the best window
     * @param steps since that window
     */
    public record Plateau(double mean, double best, long steps) {}

    /** The state after a step, and a plateau if one was found. */
    public record Next(PlateauState state, Optional<Plateau> plateau) {}

    /**
     * Takes one step's loss.
     *
     * @param loss finite
     */
    public Next next(PlateauState before, double loss) {
        if (settings.window() == 0) {
            return new Next(before, Optional.empty());
        }
        double sum = before.sum() + loss;
        int count = before.count() + 1;
        if (count < settings.window()) {
            return nothing(
                    new PlateauState(sum, count, before.best(), before.stale(), before.told()));
        }
        return full(before, sum / count);
    }

    private Next full(PlateauState before, double mean) {
        double best = before.best();
        double least = settings.minImprovement();
        double fall = before.told() ? Math.max(least, BELOW_PLATEAU) : least;
        boolean better = mean <= best * (1 - fall);
        boolean elsewhere = mean > best * (1 + OTHER_LEVEL);
        if (Double.isNaN(best) || better || elsewhere) {
            return nothing(new PlateauState(0, 0, mean, 0, false));
        }
        int stale = before.stale() + 1;
        boolean found = !before.told() && stale >= settings.patience();
        return new Next(
                new PlateauState(0, 0, best, stale, before.told() || found),
                found
                        ? Optional.of(new Plateau(mean, best, (long) stale * settings.window()))
                        : Optional.empty());
    }

    private static Next nothing(PlateauState state) {
        return new Next(state, Optional.empty());
    }
}
