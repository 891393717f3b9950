package io.maestream.trainer.feed;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that the feed remembers right after it drew a batch: enough to draw the next ones again.
 *
 * @param nextOffsets per partition, the first offset not yet admitted to the buffer
 * @param draws draws from the shuffle buffer since the run began
 * @param admitted records admitted to the shuffle buffer since the run began
 * @param buffer the shuffle buffer's records, in its order
 * @param memory the replay memory
 */
public record FeedState(
        SortedMap<PartitionId, Long> nextOffsets,
        long draws,
        long admitted,
        List<RecordRef> buffer,
        MemoryState memory) {

    public FeedState {
        nextOffsets = new TreeMap<>(nextOffsets);
        buffer = List.copyOf(buffer);
    }

    /** A feed that has taken nothing. */
    public static FeedState empty() {
        return new FeedState(new TreeMap<>(), 0, 0, List.of(), MemoryState.EMPTY);
    }

    /** The same, with another place in the stream. */
    public FeedState at(SortedMap<PartitionId, Long> offsets) {
        return new FeedState(offsets, draws, admitted, buffer, memory);
    }

    /** The same, without some of the records that it refers to. */
    public FeedState without(List<RecordRef> lost) {
        return new FeedState(
                nextOffsets,
                draws,
                admitted,
                buffer.stream().filter(ref -> !lost.contains(ref)).toList(),
                new MemoryState(
                        memory.offered(),
                        memory.draws(),
                        memory.records().stream().filter(ref -> !lost.contains(ref)).toList()));
    }

    /** Images drawn since the run began, from the stream and from the memory. */
    public long slots() {
        return draws + memory.draws();
    }

    /** The records that it holds, wherever. */
    public List<RecordRef> references() {
        return Stream.concat(buffer.stream(), memory.records().stream()).toList();
    }
}
