package io.maestream.trainer.trigger.detect;

import io.maestream.trainer.trigger.detect.DriftState.Suspicion;
import java.util.Optional;

/**
 * Page-Hinkley's test for a rise of the mean (E. S. Page, Continuous inspection schemes, Biometrika
 * 41, 1954), on the logarithm of one camera's loss. Losses fall while a model learns and differ
 * from camera to camera, so each is compared with its own running mean and measured in its own
 * running deviation, both forgetful: a fall lowers the mean, and only a rise is evidence. A single
 * loss, however high, is clipped. Pure.
 */
public final class DriftDetector {

    /** Deviations above the mean that one step can bring as evidence. */
    private static final double MOST_EVIDENCE = 4;

    /** Deviations from the mean up to which one step is learned from. */
    private static final double MOST_LEARNED = 3;

    /** Least deviation, as a share of the loss: a scene without any noise is not to be trusted. */
    private static final double LEAST_DEVIATION = 0.03;

    /** The mean of the first n steps is mostly that of the last quarter. */
    private static final double EARLY_FORGETTING = 3;

    private static final double LEAST_LOSS = 1e-9;

    private final DriftSettings settings;

    /** With these settings. */
    public DriftDetector(DriftSettings settings) {
        this.settings = settings;
    }

    /** The state after a step, and a drift if one is going on. */
    public record Next(DriftState state, Optional<Drift> drift) {}

    /**
     * Takes one step's loss of the camera.
     *
     * @param loss finite
     */
    public Next next(DriftState before, long step, double loss) {
        double value = Math.log(Math.max(loss, LEAST_LOSS));
        Suspicion suspicion = suspicion(before, step, value);
        DriftState after = learned(before, value, suspicion, step);
        return new Next(after, drift(suspicion));
    }

    private Suspicion suspicion(DriftState state, long step, double value) {
        if (state.observations() < settings.memory().warmup() || step < state.quietUntil()) {
            return Suspicion.NONE;
        }
        double deviations = clip((value - state.mean()) / deviation(state), MOST_EVIDENCE);
        Suspicion before = state.suspicion();
        double evidence = before.evidence() + deviations - settings.allowance();
        if (evidence <= 0) {
            return Suspicion.NONE;
        }
        // Without a bound it would take as long to calm down as the alarm was held back.
        double bounded = Math.min(evidence, 2 * settings.threshold());
        return new Suspicion(
                bounded,
                before.steps() + 1,
                before.sum() + value,
                before.steps() == 0 ? state.mean() : before.before());
    }

    /**
     * Running mean and variance. Weights decay exponentially over the window; before that by a
     * polynomial (O. Shamir, T. Zhang, Stochastic gradient descent for non-smooth optimization,
     * 2013), for what was learned of the first steps of a run, when losses fall fast, soon is
     * wrong.
     */
    private DriftState learned(DriftState state, double value, Suspicion suspicion, long step) {
        long count = state.observations() + 1;
        double weight =
                Math.max(
                        1.0 / settings.memory().window(),
                        (1 + EARLY_FORGETTING) / (count + EARLY_FORGETTING));
        double bound = MOST_LEARNED * deviation(state);
        boolean warm = state.observations() >= settings.memory().warmup();
        double residual = warm ? clip(value - state.mean(), bound) : value - state.mean();
        return new DriftState(
                count,
                state.mean() + weight * residual,
                (1 - weight) * (state.variance() + weight * residual * residual),
                suspicion,
                step,
                state.quietUntil());
    }

    private Optional<Drift> drift(Suspicion suspicion) {
        if (suspicion.evidence() <= settings.threshold()) {
            return Optional.empty();
        }
        Drift drift =
                new Drift(
                        Math.exp(suspicion.before()),
                        Math.exp(suspicion.sum() / suspicion.steps()),
                        suspicion.steps());
        return Optional.of(drift).filter(found -> found.rise() >= settings.minRise());
    }

    private static double deviation(DriftState state) {
        return Math.max(Math.sqrt(state.variance()), LEAST_DEVIATION);
    }

    private static double clip(double value, double bound) {
        return Math.max(-bound, Math.min(bound, value));
    }
}
