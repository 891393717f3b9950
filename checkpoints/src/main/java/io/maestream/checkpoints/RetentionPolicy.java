package io.maestream.checkpoints;

import java.time.Duration;

/**
 * What retention keeps.
 *
 * @param keepLast the newest committed checkpoints, at least two so that a damaged one has a parent
 * @param grace nothing younger than this is deleted: a follower may be reading it
 */
public record RetentionPolicy(int keepLast, Duration grace) {

    public RetentionPolicy {
        if (keepLast < 2 || grace.isNegative()) {
            throw new IllegalArgumentException(
                    ("checkpoint.keep (%d) must be at least 2 and checkpoint.grace.seconds (%d) not"
                                    + " negative")
                            .formatted(keepLast, grace.toSeconds()));
        }
    }
}
