package io.maestream.trainer.feed;

/**
 * How the feed works.
 *
 * @param bufferCapacity images that the shuffle buffer holds when full
 * @param bufferStart images it holds before the first draw
 * @param prefetch batches drawn and decoded ahead of the step
 * @param workers decoding threads
 * @param augmentation crops and flips
 * @param memory what is trained on again
 * @param lag what is done when images arrive faster than they are trained on
 */
public record FeedSettings(
        int bufferCapacity,
        int bufferStart,
        int prefetch,
        int workers,
        Augmentation augmentation,
        MemorySettings memory,
        LagPolicy lag) {

    /** A feed without a replay memory that takes every image. */
    public static FeedSettings plain(
            int capacity, int start, int prefetch, int workers, Augmentation augmentation) {
        return new FeedSettings(
                capacity,
                start,
                prefetch,
                workers,
                augmentation,
                MemorySettings.NONE,
                new LagPolicy.ProcessAll());
    }

    public FeedSettings {
        if (bufferStart < 1 || bufferCapacity < bufferStart) {
            throw new IllegalArgumentException(
                    "feed.buffer.start (%d) must lie between 1 and feed.buffer.images (%d)"
                            .formatted(bufferStart, bufferCapacity));
        }
    }
}
