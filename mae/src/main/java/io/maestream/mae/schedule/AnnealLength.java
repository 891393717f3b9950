package io.maestream.mae.schedule;

/**
 * How long an anneal is.
 *
 * @param share of the steps made so far; 0.1 to 0.2 is usual
 * @param min fewest steps
 * @param max most steps, so that an old run's release comes in bounded time
 */
public record AnnealLength(double share, long min, long max) {

    public AnnealLength {
        if (!(share >= 0 && share <= 1) || min < 1 || max < min) {
            throw new IllegalArgumentException(
                    "an anneal needs 0 <= share (%s) <= 1 and 1 <= min (%d) <= max (%d)"
                            .formatted(share, min, max));
        }
    }

    /**
     * @param made steps made so far
     */
    public long steps(long made) {
        return Math.max(min, Math.min(max, Math.round(share * made)));
    }
}
