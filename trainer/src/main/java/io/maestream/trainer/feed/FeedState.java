package io.maestream.trainer.feed;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that the feed remembers right after it drew a batch: enough to draw the next ones again.
 *
 * @param nextOffsets per partition, the first offset not yet admitted to the buffer
 * @param draws draws from the shuffle buffer since the run began
 * @param admitted records admitted to the shuffle buffer since the run began
 * @param buffer the shuffle buffer's records, in its order
 */
public record FeedState(
        SortedMap<PartitionId, Long> nextOffsets,
        long draws,
        long admitted,
        List<RecordRef> buffer) {

    public FeedState {
        nextOffsets = new TreeMap<>(nextOffsets);
        buffer = List.copyOf(buffer);
    }

    /** A feed that has taken nothing. */
    public static FeedState empty() {
        return new FeedState(new TreeMap<>(), 0, 0, List.of());
    }
}
