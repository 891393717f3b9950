package io.maestream.trainer.checkpoint;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.NextOffset;
import io.maestream.schemas.OffsetRange;
import io.maestream.trainer.feed.PartitionId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Walks a run's committed events from the newest to the first and checks that every offset was
 * taken once: each checkpoint's ranges begin where its parent's ended, meet without gap or overlap,
 * and end at its own next offset. A release must do so too, though nothing goes on from it.
 */
public final class LineageAudit {

    /**
     * What the walk found.
     *
     * @param lineage ids from the first checkpoint to the newest
     * @param abandoned ids of committed checkpoints that the newest does not descend from
     * @param releases ids of committed releases, oldest first
     * @param skipped ranges that were passed over, as told by the events
     * @param problems what is wrong, each naming its checkpoint; empty if the lineage holds
     */
    public record Report(
            List<String> lineage,
            List<String> abandoned,
            List<String> releases,
            List<OffsetRange> skipped,
            List<String> problems) {}

    private final Map<String, CheckpointCommitted> byId = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private LineageAudit() {}

    /**
     * @param events all committed events of one run, oldest first
     */
    public static Report of(List<CheckpointCommitted> events) {
        LineageAudit audit = new LineageAudit();
        Deque<CheckpointCommitted> lineage = audit.lineage(events);
        List<CheckpointCommitted> releases = events.stream().filter(Releases::isRelease).toList();
        releases.forEach(release -> audit.check(audit.parent(release), release));
        CheckpointCommitted parent = null;
        List<OffsetRange> skipped = new ArrayList<>();
        for (CheckpointCommitted event : lineage) {
            audit.check(parent, event);
            skipped.addAll(event.getSkippedRanges());
            parent = event;
        }
        List<String> ids = lineage.stream().map(CheckpointCommitted::getCheckpointId).toList();
        Set<String> abandoned = new HashSet<>(audit.byId.keySet());
        ids.forEach(abandoned::remove);
        List<String> released =
                releases.stream().map(CheckpointCommitted::getCheckpointId).toList();
        released.forEach(abandoned::remove);
        return new Report(
                ids,
                abandoned.stream().sorted().toList(),
                released,
                skipped,
                List.copyOf(audit.problems));
    }

    private Deque<CheckpointCommitted> lineage(List<CheckpointCommitted> events) {
        for (CheckpointCommitted event : events) {
            if (byId.put(event.getCheckpointId(), event) != null) {
                problems.add(event.getCheckpointId() + ": committed twice");
            }
        }
        Deque<CheckpointCommitted> lineage = new ArrayDeque<>();
        List<CheckpointCommitted> plateau = Releases.without(events);
        CheckpointCommitted next = plateau.isEmpty() ? null : plateau.get(plateau.size() - 1);
        while (next != null && !lineage.contains(next)) {
            lineage.addFirst(next);
            next = parent(next);
        }
        return lineage;
    }

    /** Null for the first; if it was never committed, that is a problem. */
    private CheckpointCommitted parent(CheckpointCommitted event) {
        String parentId = event.getParentId();
        CheckpointCommitted parent = parentId == null ? null : byId.get(parentId);
        if (parentId != null && parent == null) {
            problems.add(
                    "%s: its parent %s was never committed"
                            .formatted(event.getCheckpointId(), parentId));
        }
        return parent;
    }

    private void check(CheckpointCommitted parent, CheckpointCommitted event) {
        String id = event.getCheckpointId();
        if (parent != null && event.getStep() < parent.getStep()) {
            problems.add(
                    "%s: step %d lies before its parent's %d"
                            .formatted(id, event.getStep(), parent.getStep()));
        }
        Map<PartitionId, Long> position = parent == null ? Map.of() : nextOffsets(parent);
        Map<PartitionId, List<OffsetRange>> segments = segments(event);
        nextOffsets(event)
                .forEach(
                        (partition, end) ->
                                checkPartition(
                                        id + ": " + partition,
                                        position.get(partition),
                                        end,
                                        segments.getOrDefault(partition, List.of())));
    }

    /**
     * @param begin the parent's next offset, or null if it had none
     */
    private void checkPartition(String what, Long begin, long end, List<OffsetRange> segments) {
        Long position = begin;
        for (OffsetRange segment : segments) {
            if (position != null && segment.getFrom() != position) {
                problems.add(
                        "%s: offsets %s at %d, expected %d"
                                .formatted(
                                        what,
                                        segment.getFrom() > position ? "have a gap" : "overlap",
                                        segment.getFrom(),
                                        position));
            }
            position = segment.getUntil();
        }
        if (position != null && position != end) {
            problems.add(
                    "%s: ranges end at %d, the next offset is %d".formatted(what, position, end));
        }
    }

    private static Map<PartitionId, Long> nextOffsets(CheckpointCommitted event) {
        Map<PartitionId, Long> offsets = new TreeMap<>();
        for (NextOffset next : event.getNextOffsets()) {
            offsets.put(new PartitionId(next.getTopic(), next.getPartition()), next.getOffset());
        }
        return offsets;
    }

    /** Taken and skipped ranges together, by partition, in order. */
    private static Map<PartitionId, List<OffsetRange>> segments(CheckpointCommitted event) {
        Map<PartitionId, List<OffsetRange>> segments = new TreeMap<>();
        Stream.concat(event.getOffsetRanges().stream(), event.getSkippedRanges().stream())
                .sorted(Comparator.comparingLong(OffsetRange::getFrom))
                .forEach(
                        range ->
                                segments.computeIfAbsent(
                                                new PartitionId(
                                                        range.getTopic(), range.getPartition()),
                                                partition -> new ArrayList<>())
                                        .add(range));
        return segments;
    }
}
