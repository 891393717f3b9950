package io.maestream.trainer.feed;

import java.util.List;

/**
 * All that the replay memory remembers: with the same records it draws the same ones again.
 *
 * @param offered records offered to it since the run began
 * @param draws records drawn from it since the run began
 * @param records what it holds, in its order; their visits count those of the next draw
 */
public record MemoryState(long offered, long draws, List<RecordRef> records) {

    /** A memory that nothing was offered to. */
    public static final MemoryState EMPTY = new MemoryState(0, 0, List.of());

    public MemoryState {
        records = List.copyOf(records);
    }
}
