package io.maestream.trainer.checkpoint;

import io.maestream.mae.Precision;
import io.maestream.mae.schedule.Anneal;
import io.maestream.mae.schedule.LearningRateSchedule;
import io.maestream.trainer.Progress;
import io.maestream.trainer.feed.FeedState;
import io.maestream.trainer.feed.Gap;
import io.maestream.trainer.feed.Interleaving;
import io.maestream.trainer.feed.PartitionId;
import io.maestream.trainer.feed.RecordRef;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a checkpoint keeps besides tensors (state.json).
 *
 * @param arithmetic what decides the numbers of a step besides its input
 * @param progress how far the run was
 * @param feed the feed's memory
 * @param since where the parent checkpoint's feed stood, and the order of picks since then
 * @param branch of the release that this is, if it is one
 */
public record RunState(
        Arithmetic arithmetic,
        Progress progress,
        FeedState feed,
        SinceParent since,
        Optional<Branch> branch) {

    /** A state of the plateau. */
    public RunState(Arithmetic arithmetic, Progress progress, FeedState feed, SinceParent since) {
        this(arithmetic, progress, feed, since, Optional.empty());
    }

    /**
     * The branch of a release: its learning rate falls from the plateau's.
     *
     * @param from steps made where it begins, which is the parent
     * @param steps its length
     */
    public record Branch(long from, long steps) {

        /** The learning rate on it. */
        public LearningRateSchedule anneal(LearningRateSchedule plateau) {
            return new Anneal(plateau, from, steps);
        }

        /** Whether it ends here. */
        public boolean isOver(Progress progress) {
            return progress.step() >= from + steps;
        }
    }

    /**
     * @param runSeed root of all randomness
     * @param precision of the matrix products; unknown in checkpoints of version 0.1.0
     */
    public record Arithmetic(long runSeed, Optional<Precision> precision) {}

    /**
     * What was taken from the stream since the parent checkpoint.
     *
     * @param firstOffsets per partition, the parent's next offset; where the run began, without one
     * @param skipped offsets passed over: the log had lost them, or they were too old
     * @param missing buffered and remembered images that the log no longer held at the last restore
     * @param picks the order in which partitions were picked, run-length coded
     * @param wentBackAt the feed as it was when the run went back to the parent's weights, if it
     *     did: then the steps since the parent begin there, and not at the parent's feed
     */
    public record SinceParent(
            SortedMap<PartitionId, Long> firstOffsets,
            List<Gap> skipped,
            List<RecordRef> missing,
            List<Interleaving.Run> picks,
            Optional<FeedState> wentBackAt) {

        public SinceParent {
            firstOffsets = new TreeMap<>(firstOffsets);
            skipped = List.copyOf(skipped);
            missing = List.copyOf(missing);
            picks = List.copyOf(picks);
        }
    }
}
