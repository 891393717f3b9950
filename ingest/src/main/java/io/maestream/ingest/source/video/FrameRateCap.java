package io.maestream.ingest.source.video;

import java.time.Duration;
import java.time.Instant;

/** Decides which frames to take so that no more than so many come per second, evenly spaced. */
final class FrameRateCap {

    private final Duration interval;
    private Instant due;

    /**
     * @param framesPerSecond at most; 0 for no cap
     */
    FrameRateCap(double framesPerSecond) {
        this.interval =
                framesPerSecond == 0
                        ? Duration.ZERO
                        : Duration.ofNanos(Math.round(1e9 / framesPerSecond));
    }

    /** Whether to take the frame of this time. Lost time is not caught up by a burst. */
    boolean take(Instant at) {
        if (due != null && at.isBefore(due)) {
            return false;
        }
        boolean late = due == null || at.isAfter(due.plus(interval));
        due = (late ? at : due).plus(interval);
        return true;
    }
}
