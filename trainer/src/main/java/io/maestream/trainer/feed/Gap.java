package io.maestream.trainer.feed;

/** Offsets {@code [from, until)} of a partition that were never trained on. */
public record Gap(PartitionId partition, long from, long until) {

    /** Whether the offset lies in it. */
    public boolean contains(PartitionId other, long offset) {
        return partition.equals(other) && from <= offset && offset < until;
    }
}
