package io.maestream.mae.schedule;

/** The linear rise that all schedules begin with. */
final class Warmup {

    private Warmup() {}

    static void require(double peak, long warmupSteps) {
        if (!(peak >= 0) || warmupSteps < 0) {
            throw new IllegalArgumentException(
                    "learning rate %s and warm-up of %d steps must not be negative"
                            .formatted(peak, warmupSteps));
        }
    }

    /** From 1/steps at the first step to 1. */
    static double share(long step, long warmupSteps) {
        return warmupSteps == 0 ? 1 : Math.min(1, (step + 1) / (double) warmupSteps);
    }
}
