package io.maestream.trainer.feed;

/**
 * Where a feed begins: the state of a checkpoint with its buffer's records read again, or nothing.
 *
 * @param state the feed's state
 * @param buffer the shuffle buffer, filled
 * @param memory the replay memory, filled
 * @param batchSize images per batch
 * @param prefetch batches drawn ahead
 */
record FeedStart(
        FeedState state, ShuffleBuffer buffer, ReplayMemory memory, int batchSize, int prefetch) {

    static FeedStart of(FeedState state, Reread records, FeedSettings settings, Batching batching) {
        ShuffleBuffer buffer =
                new ShuffleBuffer(
                        batching.runSeed(),
                        settings.bufferStart(),
                        settings.bufferCapacity(),
                        state.draws(),
                        records.buffer());
        ReplayMemory memory =
                new ReplayMemory(
                        settings.memory(),
                        settings.memory().policy().open(batching.runSeed()),
                        settings.bufferStart(),
                        state.memory(),
                        records.memory());
        return new FeedStart(state, buffer, memory, batching.batchSize(), settings.prefetch());
    }
}
