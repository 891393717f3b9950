package io.maestream.trainer.feed;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where each partition is read from, decided from what the checkpoint says and what the log holds.
 *
 * @param offsets per partition, the first offset to read
 * @param gaps per partition with a gap, the first offset that is lost; the gap ends at its offset
 */
public record StartOffsets(
        SortedMap<PartitionId, Long> offsets, SortedMap<PartitionId, Long> gaps) {

    /**
     * @param next per partition, the checkpoint's next offset; absent if it never read it
     * @param begin per partition, the first offset the log holds
     * @param end per partition, the offset after the last
     * @throws IllegalStateException if a checkpoint has seen more than the log ever held
     */
    public static StartOffsets decide(
            Map<PartitionId, Long> next, Map<PartitionId, Long> begin, Map<PartitionId, Long> end) {
        SortedMap<PartitionId, Long> offsets = new TreeMap<>();
        SortedMap<PartitionId, Long> gaps = new TreeMap<>();
        begin.forEach(
                (partition, first) -> {
                    Long wanted = next.get(partition);
                    if (wanted == null) {
                        offsets.put(partition, first);
                        return;
                    }
                    requireWithin(partition, wanted, end.get(partition));
                    offsets.put(partition, Math.max(wanted, first));
                    if (wanted < first) {
                        gaps.put(partition, wanted);
                    }
                });
        return new StartOffsets(offsets, gaps);
    }

    private static void requireWithin(PartitionId partition, long wanted, long end) {
        if (wanted > end) {
            throw new IllegalStateException(
                    ("the checkpoint has seen %s up to offset %d, but the log ends at %d: the topic"
                                    + " was re-created or truncated; restore it, or start a new"
                                    + " run with --set run.id=NAME")
                            .formatted(partition, wanted, end));
        }
    }
}
