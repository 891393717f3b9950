package io.maestream.follower.follow;

import java.time.Duration;

/**
 * How long to wait before the next try: twice as long after every failure in a row, up to a cap.
 *
 * @param first after the first failure
 * @param cap at most
 */
record RetryPause(Duration first, Duration cap) {

    /** A second at first, a minute at most. */
    static final RetryPause USUAL = new RetryPause(Duration.ofSeconds(1), Duration.ofMinutes(1));

    private static final int MOST_DOUBLINGS = 30;

    /**
     * @param failures in a row so far, at least one
     */
    Duration after(int failures) {
        Duration doubled = first.multipliedBy(1L << Math.min(MOST_DOUBLINGS, failures - 1));
        return doubled.compareTo(cap) < 0 ? doubled : cap;
    }
}
