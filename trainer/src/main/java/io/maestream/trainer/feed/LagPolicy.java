package io.maestream.trainer.feed;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a trainer does about images that arrive faster than it trains. Pure. */
public interface LagPolicy {

    /**
     * @param waiting records that wait in the log, by partition
     * @return how many of the oldest of these are passed over, by partition; empty for none
     */
    SortedMap<PartitionId, Long> passOver(Map<PartitionId, Long> waiting);

    /** Every image is trained on, however late. */
    record ProcessAll() implements LagPolicy {

        @Override
        public SortedMap<PartitionId, Long> passOver(Map<PartitionId, Long> waiting) {
            return new TreeMap<>();
        }
    }

    /**
     * When more records wait than a bound, the oldest are passed over until half as many are left:
     * so it happens seldom, and not at every poll. Partitions with few waiting records lose none.
     *
     * @param max records that may wait, over all partitions
     */
    record SkipToFresh(long max) implements LagPolicy {

        public SkipToFresh {
            if (max < 2) {
                throw new IllegalArgumentException("train.lag.max must be at least 2, got " + max);
            }
        }

        @Override
        public SortedMap<PartitionId, Long> passOver(Map<PartitionId, Long> waiting) {
            SortedMap<PartitionId, Long> excess = new TreeMap<>();
            if (sum(waiting) <= max) {
                return excess;
            }
            long level = level(waiting);
            waiting.forEach(
                    (partition, records) -> {
                        if (records > level) {
                            excess.put(partition, records - level);
                        }
                    });
            return excess;
        }

        /** The most that every partition may keep so that all together keep half of the bound. */
        private long level(Map<PartitionId, Long> waiting) {
            long room = max / 2;
            int partitions = waiting.size();
            for (long records : waiting.values().stream().sorted().toList()) {
                if (records * partitions > room) {
                    return room / partitions;
                }
                room -= records;
                partitions--;
            }
            throw new IllegalStateException("more than the bound waits, yet all of it has room");
        }

        private static long sum(Map<PartitionId, Long> waiting) {
            return waiting.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
