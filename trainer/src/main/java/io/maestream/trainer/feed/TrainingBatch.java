package io.maestream.trainer.feed;

import io.maestream.mae.ImageBatch;
import java.util.List;

/**
 * What one step trains on.
 *
 * @param images uint8 pixels (B, H, W, C) and one mask seed per image; valid until released
 * @param sourceIds the source of each image
 * @param after the feed as it was right after this batch was drawn
 * @param dropped records drawn for this batch that were not trainable
 */
public record TrainingBatch(
        ImageBatch images, List<String> sourceIds, FeedState after, int dropped) {

    public int size() {
        return sourceIds.size();
    }
}
