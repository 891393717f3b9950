package io.maestream.trainer.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whether the trainer does its work, in words.
 *
 * @param ready it is the active trainer, and steps or waits for images
 * @param state one word, for machines
 * @param reason for people
 */
record Readiness(boolean ready, String state, String reason) {

    /** A step longer than this, or a broker that is away, is a stall. */
    static final Duration STALLED_AFTER = Duration.ofSeconds(60);

    private static final Set<Activity> ACTIVE =
            EnumSet.of(Activity.TRAINING, Activity.ANNEALING, Activity.IDLE);

    /** The last thing that a trainer said it does. */
    enum Activity {
        STARTING,
        STANDING_BY,
        RESTORING,
        TRAINING,
        ANNEALING,
        IDLE
    }

    /**
     * What is so.
     *
     * @param activity the last one reported
     * @param reported when it was
     * @param since when this kind of activity began
     * @param late why a checkpoint is late, empty if none is
     */
    static Readiness of(
            Activity activity, Instant reported, Instant since, String late, Instant now) {
        Duration silent = Duration.between(reported, now);
        boolean active = ACTIVE.contains(activity);
        if (active && silent.compareTo(STALLED_AFTER) > 0) {
            return new Readiness(false, "stalled", "no step for " + silent.toSeconds() + " s");
        }
        Readiness usual = usual(activity, Duration.between(since, now).toSeconds());
        return late.isEmpty() || !active
                ? usual
                : new Readiness(
                        true, "checkpoint-late", usual.reason + "; a checkpoint is late: " + late);
    }

    private static Readiness usual(Activity activity, long seconds) {
        return switch (activity) {
            case STARTING -> new Readiness(false, "starting", "joining the run's group");
            case STANDING_BY ->
                    new Readiness(false, "standing-by", "another trainer of the run is active");
            case RESTORING -> new Readiness(false, "restoring", "reading the last checkpoint");
            case TRAINING -> new Readiness(true, "training", "training");
            case ANNEALING ->
                    new Readiness(
                            true, "annealing", "annealing for a release since " + seconds + " s");
            case IDLE -> new Readiness(true, "idle", "no images arrive since " + seconds + " s");
        };
    }
}
