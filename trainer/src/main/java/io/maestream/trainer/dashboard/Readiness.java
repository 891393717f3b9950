package io.maestream.trainer.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the trainer does its work, in words.
 *
 * @param ready it is the active trainer, and steps or waits for a reason that is nobody's fault
 * @param state one word, for machines
 * @param reason for people: what it does, and all notices
 * @param notices what a person should know besides
 */
record Readiness(boolean ready, String state, String reason, List<Notice> notices) {

    /** What is so now. */
    static Readiness of(Pulse pulse, List<Notice> notices, Instant now) {
        Readiness usual = usual(pulse, now);
        boolean away = notices.stream().anyMatch(n -> n.kind().equals(Notice.BROKER_AWAY));
        String reason =
                Stream.concat(Stream.of(usual.reason), notices.stream().map(Notice::text))
                        .collect(Collectors.joining("; "));
        return new Readiness(
                usual.ready && !away, away ? Notice.BROKER_AWAY : usual.state, reason, notices);
    }

    private static Readiness usual(Pulse pulse, Instant now) {
        if (pulse.isStalled(now)) {
            long silent = Duration.between(pulse.reported(), now).toSeconds();
            return state(false, "stalled", "no step for " + silent + " s");
        }
        long seconds = Duration.between(pulse.since(), now).toSeconds();
        return switch (pulse.activity()) {
            case STARTING -> state(false, "starting", "joining the run's group");
            case STANDING_BY -> state(false, "standing-by", "another trainer of the run is active");
            case RESTORING -> state(false, "restoring", "reading the last checkpoint");
            case TRAINING -> state(true, "training", "training");
            case ANNEALING ->
                    state(true, "annealing", "annealing for a release since " + seconds + " s");
            case IDLE -> state(true, "idle", "no images arrive since " + seconds + " s");
            case PAUSED -> state(true, "paused", "paused since " + seconds + " s" + by(pulse));
        };
    }

    private static String by(Pulse pulse) {
        return pulse.why().isBlank() ? "" : ": " + pulse.why();
    }

    private static Readiness state(boolean ready, String state, String reason) {
        return new Readiness(ready, state, reason, List.of());
    }
}
