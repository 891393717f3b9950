package io.maestream.trainer.trigger;

import io.maestream.trainer.trigger.detect.PlateauState;
import java.nio.ByteBuffer;

/**
 * What is remembered of one run, of a fixed size; its cameras are remembered apart.
 *
 * @param last the furthest step that was seen
 * @param asked where it stood when a checkpoint was last asked for, or when it was first seen
 * @param loss running mean of its loss
 * @param plateau what the search for plateaus remembers
 * @param sources how many of its cameras are remembered
 * @param driftStep its step when a checkpoint was last asked for because of a camera, -1 for never
 */
record RunWatch(
        Position last,
        Position asked,
        double loss,
        PlateauState plateau,
        int sources,
        long driftStep) {

    /** As much as the trainer's own, which stands in a checkpoint's event. */
    private static final double SMOOTHING = 0.05;

    private static final byte VERSION = 1;
    private static final int BYTES =
            1 + 2 * Position.BYTES + 3 * Double.BYTES + 3 * Integer.BYTES + 1 + Long.BYTES;

    /** A run of which nothing was seen before this. */
    static RunWatch first(Position here, double loss) {
        return new RunWatch(here, here, loss, PlateauState.NONE, 0, -1);
    }

    /** The same, a step further. */
    RunWatch at(Position here, double stepLoss) {
        return new RunWatch(
                here, asked, loss + SMOOTHING * (stepLoss - loss), plateau, sources, driftStep);
    }

    RunWatch with(PlateauState state) {
        return new RunWatch(last, asked, loss, state, sources, driftStep);
    }

    RunWatch withSources(int count) {
        return new RunWatch(last, asked, loss, plateau, count, driftStep);
    }

    /** The same, once a checkpoint was asked for. */
    RunWatch asking(boolean isDrift) {
        return new RunWatch(last, last, loss, plateau, sources, isDrift ? last.step() : driftStep);
    }

    /** Whether a checkpoint was ever asked for because of a camera. */
    boolean hasDrifted() {
        return driftStep >= 0;
    }

    byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate(BYTES).put(VERSION);
        last.write(out);
        asked.write(out);
        return out.putDouble(loss)
                .putDouble(plateau.sum())
                .putInt(plateau.count())
                .putDouble(plateau.best())
                .putInt(plateau.stale())
                .put((byte) (plateau.told() ? 1 : 0))
                .putInt(sources)
                .putLong(driftStep)
                .array();
    }

    /** From {@link #bytes()}; null if another version wrote them, so that it is learned anew. */
    static RunWatch of(byte[] bytes) {
        if (bytes == null || bytes.length != BYTES || bytes[0] != VERSION) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, BYTES - 1);
        return new RunWatch(
                Position.read(in),
                Position.read(in),
                in.getDouble(),
                new PlateauState(
                        in.getDouble(), in.getInt(), in.getDouble(), in.getInt(), in.get() != 0),
                in.getInt(),
                in.getLong());
    }
}
