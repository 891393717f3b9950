package io.maestream.trainer.checkpoint;

import io.maestream.trainer.Progress;
import io.maestream.trainer.feed.FeedState;

/**
 * A step boundary: the only places where a run can be copied.
 *
 * @param progress the run after the step
 * @param feed the feed as it was right after the step's batch was drawn
 * @param loss smoothed loss
 */
public record Boundary(Progress progress, FeedState feed, double loss) {}
