package io.maestream.trainer.feed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The order in which partitions were picked, run-length coded: with it a replay takes the records
 * of several partitions in the same order as the run did.
 */
public final class Interleaving {

    /** So many records in a row from one partition. */
    public record Run(PartitionId partition, long count) {}

    /** A gap, and how many records had been admitted when it was met. */
    private record Skip(long admitted, Gap gap) {}

    private final Deque<Run> runs = new ArrayDeque<>();
    private final List<Skip> skips = new ArrayList<>();
    private long begin;
    private long end;

    /**
     * @param admitted how many records had been admitted before this log begins
     */
    public Interleaving(long admitted) {
        this.begin = admitted;
        this.end = admitted;
    }

    /** Notes that one more record of this partition was admitted. */
    public void picked(PartitionId partition) {
        Run last = runs.peekLast();
        if (last != null && last.partition().equals(partition)) {
            runs.pollLast();
            runs.addLast(new Run(partition, last.count() + 1));
        } else {
            runs.addLast(new Run(partition, 1));
        }
        end++;
    }

    /** Notes that the next record of this gap's partition lies behind it. */
    public void skipped(Gap gap) {
        skips.add(new Skip(end, gap));
    }

    /** The gaps met from the {@code from}-th admitted record (included) to the {@code until}-th. */
    public List<Gap> gaps(long from, long until) {
        return skips.stream()
                .filter(skip -> from <= skip.admitted() && skip.admitted() < until)
                .map(Skip::gap)
                .toList();
    }

    /** The picks from the {@code from}-th admitted record (included) to the {@code until}-th. */
    public List<Run> slice(long from, long until) {
        if (from < begin || until > end || from > until) {
            throw new IllegalArgumentException(
                    "picks [%d, %d) are not in the kept range [%d, %d)"
                            .formatted(from, until, begin, end));
        }
        List<Run> slice = new ArrayList<>();
        long position = begin;
        for (Run run : runs) {
            long first = Math.max(from, position);
            long afterLast = Math.min(until, position + run.count());
            if (first < afterLast) {
                slice.add(new Run(run.partition(), afterLast - first));
            }
            position += run.count();
        }
        return slice;
    }

    /** Drops what lies before the {@code from}-th admitted record. */
    public void forgetBefore(long from) {
        List<Run> kept = slice(Math.max(from, begin), end);
        runs.clear();
        runs.addAll(kept);
        skips.removeIf(skip -> skip.admitted() < from);
        begin = Math.max(from, begin);
    }
}
