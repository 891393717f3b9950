package io.maestream.trainer.trigger;

import io.maestream.schemas.CheckpointCommitted;
import java.nio.ByteBuffer;

/**
 * What is remembered of a run's last committed checkpoint.
 *
 * @param at where the run stood
 * @param loss its smoothed loss then, NaN if the event has none
 */
record CheckpointMark(Position at, double loss) {

    private static final byte VERSION = 1;
    private static final int BYTES = 1 + Position.BYTES + Double.BYTES;

    static CheckpointMark of(CheckpointCommitted event) {
        return new CheckpointMark(
                new Position(
                        event.getStep(),
                        event.getImagesSeen(),
                        event.getCommittedAt().toEpochMilli()),
                event.getMetrics().getOrDefault("loss", Double.NaN));
    }

    byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate(BYTES).put(VERSION);
        at.write(out);
        return out.putDouble(loss).array();
    }

    /** From {@link #bytes()}; null if another version wrote them. */
    static CheckpointMark of(byte[] bytes) {
        if (bytes == null || bytes.length != BYTES || bytes[0] != VERSION) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, BYTES - 1);
        return new CheckpointMark(Position.read(in), in.getDouble());
    }
}
