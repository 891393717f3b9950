package io.maestream.trainer.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Records that were trained on and are trained on again: a bounded number of them, in memory as
 * they came, so that a draw costs no fetch and does not depend on what the log still holds.
 *
 * <p>Every image that a run draws has a number, its slot. Which slots are the memory's depends on
 * the share alone; with share 0.05 it is every twentieth. A slot goes to the stream while the
 * memory holds too few records.
 */
final class ReplayMemory {

    private final MemorySettings settings;
    private final MemoryPolicy policy;
    private final int start;
    private final List<StreamRecord> held = new ArrayList<>();
    private long bytes;
    private long offered;
    private long draws;

    /**
     * @param start records it holds before the first draw
     * @param state as it was left
     * @param records those of the state, read again
     */
    ReplayMemory(
            MemorySettings settings,
            MemoryPolicy policy,
            int start,
            MemoryState state,
            List<StreamRecord> records) {
        this.settings = settings;
        this.policy = policy;
        this.start = Math.min(start, settings.capacity());
        this.offered = state.offered();
        this.draws = state.draws();
        if (settings.isOn()) {
            held.addAll(records);
            bytes = records.stream().mapToLong(ReplayMemory::size).sum();
        }
    }

    /** Whether the image of this number comes from the memory. */
    boolean isDue(long slot) {
        return settings.isOn()
                && held.size() >= start
                && Math.floor((slot + 1) * settings.share()) > Math.floor(slot * settings.share());
    }

    /** A record to train on again; it stays, and has been visited once more. */
    StreamRecord draw() {
        int place = policy.pick(draws++, held);
        StreamRecord drawn = held.get(place);
        held.set(place, visited(drawn));
        return drawn;
    }

    /** Takes or leaves a record that was drawn from the stream. */
    void offer(StreamRecord drawn) {
        if (!settings.isOn()) {
            return;
        }
        StreamRecord candidate = visited(drawn);
        boolean room =
                held.size() < settings.capacity() && bytes + size(candidate) <= settings.maxBytes();
        if (room) {
            held.add(candidate);
            bytes += size(candidate);
        } else {
            OptionalInt place = policy.replaces(offered, candidate, held);
            place.ifPresent(at -> replace(at, candidate));
        }
        offered++;
    }

    long draws() {
        return draws;
    }

    MemoryState state() {
        return new MemoryState(offered, draws, held.stream().map(StreamRecord::ref).toList());
    }

    private void replace(int place, StreamRecord candidate) {
        long after = bytes - size(held.get(place)) + size(candidate);
        if (after <= settings.maxBytes()) {
            held.set(place, candidate);
            bytes = after;
        }
    }

    private static StreamRecord visited(StreamRecord record) {
        RecordRef ref = record.ref();
        return new StreamRecord(
                new RecordRef(ref.partition(), ref.offset(), ref.visits() + 1), record.value());
    }

    private static long size(StreamRecord record) {
        return record.value() == null ? 0 : record.value().length;
    }
}
