package io.maestream.ingest.source;

import java.time.Duration;

/**
 * How long to wait before another try: twice as long each time up to a cap, of which a random half
 * is left out, so that many that failed together do not return together.
 *
 * @param first before the second try
 * @param cap at most
 */
public record Backoff(Duration first, Duration cap) {

    private static final int MAX_DOUBLINGS = 30;

    /** Half a second, up to half a minute. */
    public static final Backoff USUAL = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    /** Checks the order. */
    public Backoff {
        if (first.isNegative() || first.isZero() || cap.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "the first wait must be positive and no longer than the cap, not %s and %s"
                            .formatted(first, cap));
        }
    }

    /**
     * The wait after so many failures in a row.
     *
     * @param failures from 1
     * @param random from 0 to 1
     */
    public Duration delay(int failures, double random) {
        double doubled = first.toNanos() * Math.pow(2, Math.min(failures - 1, MAX_DOUBLINGS));
        double capped = Math.min(doubled, cap.toNanos());
        return Duration.ofNanos(Math.round(capped * (0.5 + random / 2)));
    }
}
