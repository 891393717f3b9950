package io.maestream.trainer.dashboard;

import java.time.Duration;
import java.time.Instant;

/**
 * The last thing that a trainer said of itself.
 *
 * @param activity what it does
 * @param reported when it last said so
 * @param since when it began to do so
 * @param longestStep of the recent ones, waiting included; zero before the first
 * @param lastStep when it last made a step, or began to train
 * @param why for a pause: who asked for it
 */
record Pulse(
        Activity activity,
        Instant reported,
        Instant since,
        Duration longestStep,
        Instant lastStep,
        String why) {

    /** Between two steps it may wait a little without being idle. */
    private static final Duration SHORT_WAIT = Duration.ofSeconds(3);

    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(8);
    private static final Duration FIRST_STEP_PATIENCE = Duration.ofSeconds(60);
    private static final int STEPS_OF_PATIENCE = 4;

    /** What a trainer can be at. */
    enum Activity {
        STARTING,
        STANDING_BY,
        RESTORING,
        TRAINING,
        ANNEALING,
        IDLE,
        PAUSED;

        /** Whether this trainer is the run's active one. */
        boolean isActive() {
            return this == PAUSED || speaks();
        }

        /** Whether it reports again and again. */
        boolean speaks() {
            return this == TRAINING || this == ANNEALING || this == IDLE;
        }
    }

    /** Nothing said yet. */
    static Pulse starting(Instant now) {
        return new Pulse(Activity.STARTING, now, now, Duration.ZERO, now, "");
    }

    /** It said what it does. */
    Pulse doing(Activity next, Instant now) {
        boolean goesOn = next == activity;
        return new Pulse(next, now, goesOn ? since : now, longestStep, goesOn ? lastStep : now, "");
    }

    /** It had nothing to train on for a moment; after some of them it is idle. */
    Pulse waited(Instant now) {
        boolean isShort = Duration.between(lastStep, now).compareTo(SHORT_WAIT) < 0;
        Activity next = activity.speaks() && isShort ? activity : Activity.IDLE;
        Instant began = next == activity ? since : lastStep;
        return new Pulse(next, now, began, longestStep, lastStep, "");
    }

    /** It was told to pause. */
    Pulse paused(String reason, Instant now) {
        return new Pulse(Activity.PAUSED, now, now, longestStep, lastStep, reason);
    }

    /** It made a step, of the run or of a branch. A long one is forgotten by and by. */
    Pulse stepped(Activity next, Duration step, Instant now) {
        Duration faded = longestStep.multipliedBy(98).dividedBy(100);
        return new Pulse(
                next,
                now,
                next == activity ? since : now,
                step.compareTo(faded) > 0 ? step : faded,
                now,
                "");
    }

    /** Whether it should have said something by now: a pause is silent, and the first step long. */
    boolean isStalled(Instant now) {
        return activity.speaks() && Duration.between(reported, now).compareTo(patience()) > 0;
    }

    private Duration patience() {
        if (activity == Activity.TRAINING && longestStep.isZero()) {
            return FIRST_STEP_PATIENCE;
        }
        Duration several = longestStep.multipliedBy(STEPS_OF_PATIENCE);
        return several.compareTo(LEAST_PATIENCE) > 0 ? several : LEAST_PATIENCE;
    }
}
