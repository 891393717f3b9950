package io.maestream.mae.schedule;

/**
 * Rises linearly, then falls along half a cosine: for runs of a known length (arXiv:2111.06377,
 * appendix A.1).
 *
 * @param peak the rate after warm-up
 * @param floor the rate from {@code totalSteps} on
 * @param warmupSteps steps of the rise
 * @param totalSteps steps of the whole
 */
public record WarmupCosine(double peak, double floor, long warmupSteps, long totalSteps)
        implements LearningRateSchedule {

    public WarmupCosine {
        Warmup.require(peak, warmupSteps);
        if (!(floor >= 0 && floor <= peak) || totalSteps <= warmupSteps) {
            throw new IllegalArgumentException(
                    "cosine schedule needs 0 <= floor (%s) <= peak (%s) and warm-up (%d) < steps (%d)"
                            .formatted(floor, peak, warmupSteps, totalSteps));
        }
    }

    @Override
    public double learningRate(long step) {
        if (step < warmupSteps) {
            return peak * Warmup.share(step, warmupSteps);
        }
        double share = (step - warmupSteps) / (double) (totalSteps - warmupSteps);
        double rate = floor + (peak - floor) * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, share)));
        // Rounding may go one step beyond.
        return Math.min(peak, rate);
    }
}
