package io.maestream.trainer.checkpoint;

import io.maestream.trainer.Progress;
import io.maestream.trainer.feed.FeedState;

/**
 * A step boundary: the only places where a run can be copied.
 *
 * @param progress the run after the step
 * @param feed the feed as it was right after the step's batch was drawn
 * @param loss smoothed loss; not a number before the first step
 */
public record Boundary(Progress progress, FeedState feed, double loss) {

    /** Before the first step since the trainer began. */
    public static Boundary of(Progress progress, FeedState feed) {
        return new Boundary(progress, feed, Double.NaN);
    }
}
