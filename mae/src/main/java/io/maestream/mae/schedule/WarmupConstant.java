package io.maestream.mae.schedule;

/**
 * Rises linearly, then holds: for a stream without an end.
 *
 * @param peak the rate after warm-up
 * @param warmupSteps steps of the rise; 0 for none
 */
public record WarmupConstant(double peak, long warmupSteps) implements LearningRateSchedule {

    public WarmupConstant {
        Warmup.require(peak, warmupSteps);
    }

    @Override
    public double learningRate(long step) {
        return peak * Warmup.share(step, warmupSteps);
    }
}
