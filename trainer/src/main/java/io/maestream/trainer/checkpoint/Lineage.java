package io.maestream.trainer.checkpoint;

import io.maestream.trainer.Progress;
import io.maestream.trainer.checkpoint.RunState.SinceParent;
import io.maestream.trainer.feed.FeedState;
import io.maestream.trainer.feed.Gap;
import io.maestream.trainer.feed.Interleaving;
import io.maestream.trainer.feed.PartitionId;
import io.maestream.trainer.feed.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Where the next checkpoint begins: its parent, and what has been lost since.
 *
 * @param parentId the last checkpoint taken, if any
 * @param takenAt when it was taken, or when training began
 * @param progress of the parent
 * @param firstOffsets the parent's next offsets, or where the run began
 * @param admitted the parent's count of admitted records
 * @param losses what the log no longer held when the run was restored; told once
 * @param wentBackAt the feed when the run went back to the parent's weights, if it did
 */
public record Lineage(
        Optional<String> parentId,
        Instant takenAt,
        Progress progress,
        SortedMap<PartitionId, Long> firstOffsets,
        long admitted,
        Losses losses,
        Optional<FeedState> wentBackAt) {

    /**
     * @param gaps offsets that were passed over
     * @param missing buffered and remembered records that could not be read again
     */
    public record Losses(List<Gap> gaps, List<RecordRef> missing) {

        /** Nothing is lost. */
        public static final Losses NONE = new Losses(List.of(), List.of());
    }

    /** What was taken from the stream from the parent on to the {@code admitted}-th record. */
    SinceParent since(Interleaving taken, long until) {
        List<Gap> gaps = new ArrayList<>(losses.gaps());
        gaps.addAll(taken.gaps(admitted, until));
        return new SinceParent(
                firstOffsets, gaps, losses.missing(), taken.slice(admitted, until), wentBackAt);
    }

    /** The same parent, but what was taken from the stream until {@code feed} is passed over. */
    Lineage passingOver(FeedState feed) {
        // Gaps within what is passed over now need not be told twice.
        List<Gap> gaps = new ArrayList<>();
        feed.nextOffsets()
                .forEach(
                        (partition, until) -> {
                            long from = firstOffsets.getOrDefault(partition, 0L);
                            if (from < until) {
                                gaps.add(new Gap(partition, from, until));
                            }
                        });
        return new Lineage(
                parentId,
                takenAt,
                progress,
                feed.nextOffsets(),
                feed.admitted(),
                new Losses(gaps, losses.missing()),
                Optional.of(feed));
    }

    /** The lineage once {@code snapshot} is the newest checkpoint. */
    Lineage after(Snapshot snapshot) {
        FeedState feed = snapshot.state().feed();
        return new Lineage(
                Optional.of(snapshot.id()),
                snapshot.takenAt(),
                snapshot.state().progress(),
                feed.nextOffsets(),
                feed.admitted(),
                Losses.NONE,
                Optional.empty());
    }
}
