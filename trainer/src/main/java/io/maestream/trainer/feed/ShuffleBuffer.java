package io.maestream.trainer.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Breaks up the order of the stream: holds up to {@code capacity} records and draws from them at
 * random, each record once. Which one is drawn depends only on the seed, the number of draws so far
 * and the order in which records were admitted.
 *
 * <p>It starts drawing at {@code start} records and grows by one with every draw until it is full,
 * so that a young stream is trained on soon and an old one is well shuffled.
 */
final class ShuffleBuffer {

    private final long seed;
    private final int start;
    private final int capacity;
    private final List<StreamRecord> records;
    private long draws;

    ShuffleBuffer(long seed, int start, int capacity) {
        this(seed, start, capacity, 0, List.of());
    }

    /** Restores a buffer as it was after {@code draws} draws. */
    ShuffleBuffer(long seed, int start, int capacity, long draws, List<StreamRecord> records) {
        if (start < 1 || capacity < start) {
            throw new IllegalArgumentException(
                    "shuffle buffer must satisfy 1 <= start <= capacity, got start=%d, capacity=%d"
                            .formatted(start, capacity));
        }
        this.seed = CounterRandom.combine(seed, 0x5B0FL);
        this.start = start;
        this.capacity = capacity;
        this.draws = draws;
        this.records = new ArrayList<>(records);
    }

    /** True when the next draw needs one more record first. */
    boolean wantsRecord() {
        return records.size() < Math.min(capacity, start + draws);
    }

    void admit(StreamRecord stored) {
        records.add(stored);
    }

    /** Removes and returns a record, or nothing while {@link #wantsRecord()}. */
    Optional<StreamRecord> draw() {
        if (wantsRecord()) {
            return Optional.empty();
        }
        int index = CounterRandom.below(CounterRandom.at(seed, draws), records.size());
        draws++;
        StreamRecord drawn = records.get(index);
        StreamRecord last = records.remove(records.size() - 1);
        if (index < records.size()) {
            records.set(index, last);
        }
        return Optional.of(drawn);
    }

    long draws() {
        return draws;
    }

    /** What it holds, in the order that decides future draws. */
    List<RecordRef> references() {
        return records.stream().map(StreamRecord::ref).toList();
    }
}
