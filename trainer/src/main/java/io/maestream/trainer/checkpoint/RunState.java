package io.maestream.trainer.checkpoint;

import io.maestream.trainer.Progress;
import io.maestream.trainer.feed.FeedState;
import io.maestream.trainer.feed.Interleaving;
import io.maestream.trainer.feed.PartitionId;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a checkpoint keeps besides tensors (state.json).
 *
 * @param runSeed root of all randomness
 * @param progress how far the run was
 * @param feed the feed's memory
 * @param since where the parent checkpoint's feed stood, and the order of picks since then
 */
public record RunState(long runSeed, Progress progress, FeedState feed, SinceParent since) {

    /**
     * What was taken from the stream since the parent checkpoint.
     *
     * @param firstOffsets per partition, the parent's next offset; where the run began, without one
     * @param skipped offsets passed over: the log had lost them
     * @param missingReferences buffered images that the log no longer held at the last restore
     * @param picks the order in which partitions were picked, run-length coded
     */
    public record SinceParent(
            SortedMap<PartitionId, Long> firstOffsets,
            List<Gap> skipped,
            long missingReferences,
            List<Interleaving.Run> picks) {

        public SinceParent {
            firstOffsets = new TreeMap<>(firstOffsets);
            skipped = List.copyOf(skipped);
            picks = List.copyOf(picks);
        }
    }

    /** Offsets {@code [from, until)} of a partition that were never trained on. */
    public record Gap(PartitionId partition, long from, long until) {}
}
