package io.maestream.app.status;

import java.util.OptionalLong;

/**
 * How far a run's last checkpoint is behind one partition of {@code images.prepared}.
 *
 * @param partition its number
 * @param committed next offset of the last committed checkpoint; empty if there is none
 * @param end offset of the next record
 */
public record PartitionLag(int partition, OptionalLong committed, long end) {
    /** Records that no committed checkpoint has seen; without a checkpoint, all there were. */
    public long records() {
        return Math.max(0, end - committed.orElse(0));
    }
}
