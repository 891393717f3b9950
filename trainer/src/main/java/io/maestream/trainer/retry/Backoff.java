package io.maestream.trainer.retry;

import java.time.Duration;

/**
 * Capped exponential back-off with jitter: the wait doubles with every failure in a row up to a
 * cap, and between half and all of it is waited, so that many trainers do not come back at once.
 *
 * @param first ceiling of the first wait
 * @param cap ceiling of every wait
 */
public record Backoff(Duration first, Duration cap) {

    /** Half a second at first, half a minute at most. */
    public static final Backoff USUAL = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    private static final int MAX_DOUBLINGS = 40;

    public Backoff {
        if (first.isNegative() || first.isZero() || cap.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "a back-off needs 0 < first <= cap, not %s and %s".formatted(first, cap));
        }
    }

    /**
     * How long to wait.
     *
     * @param failures in a row so far, at least one
     * @param uniform a random number in [0, 1)
     */
    public Duration delay(int failures, double uniform) {
        int doublings = Math.min(MAX_DOUBLINGS, failures - 1);
        double ceiling = Math.min(cap.toNanos(), first.toNanos() * Math.pow(2, doublings));
        return Duration.ofNanos((long) (ceiling * (1 + uniform) / 2));
    }
}
