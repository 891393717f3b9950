package io.maestream.trainer.feed;

/**
 * What decides a batch besides the stream.
 *
 * @param runSeed root of all randomness of the run
 * @param batchSize images per batch
 * @param side height and width, pixels
 * @param channels 1 or 3
 */
public record Batching(long runSeed, int batchSize, int side, int channels) {}
