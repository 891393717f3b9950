package io.maestream.trainer.feed;

import java.util.List;

/**
 * Where a feed begins: the state of a checkpoint with its buffer's records read again, or nothing.
 *
 * @param state the feed's state
 * @param buffer the shuffle buffer, filled
 * @param batchSize images per batch
 * @param prefetch batches drawn ahead
 */
record FeedStart(FeedState state, ShuffleBuffer buffer, int batchSize, int prefetch) {

    static FeedStart of(
            FeedState state, List<StreamRecord> records, FeedSettings settings, Batching batching) {
        ShuffleBuffer buffer =
                new ShuffleBuffer(
                        batching.runSeed(),
                        settings.bufferStart(),
                        settings.bufferCapacity(),
                        state.draws(),
                        records);
        return new FeedStart(state, buffer, batching.batchSize(), settings.prefetch());
    }
}
