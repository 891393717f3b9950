package io.maestream.trainer.feed;

/**
 * An image by its place in the log: the log is the storage, so this is all a checkpoint keeps of
 * it.
 *
 * @param partition the topic and partition it lies in
 * @param offset its offset
 * @param visits how often it has been drawn before
 */
public record RecordRef(PartitionId partition, long offset, int visits) {}
