package io.maestream.trainer.trigger.detect;

import java.nio.ByteBuffer;

/**
 * What is remembered of one camera, of a fixed size.
 *
 * @param observations steps with the camera since it is learned from
 * @param mean running mean of the loss's logarithm
 * @param variance running variance of it
 * @param suspicion the rise that may be going on
 * @param lastStep the run's step when it was last seen
 * @param quietUntil the run's step before which no drift is found
 */
public record DriftState(
        long observations,
        double mean,
        double variance,
        Suspicion suspicion,
        long lastStep,
        long quietUntil) {

    private static final byte VERSION = 1;
    private static final int BYTES = 1 + 3 * Long.BYTES + Integer.BYTES + 5 * Double.BYTES;

    /**
     * A rise that may be going on.
     *
     * @param evidence Page-Hinkley's statistic: how far its sum is above its least value
     * @param steps since the statistic left zero
     * @param sum of the loss's logarithms in these steps
     * @param before mean of the loss's logarithm when they began
     */
    public record Suspicion(double evidence, int steps, double sum, double before) {

        /** Nothing is suspected. */
        public static final Suspicion NONE = new Suspicion(0, 0, 0, 0);
    }

    /** Of a camera of which nothing is known, and that causes nothing before that step. */
    public static DriftState quietUntil(long step) {
        return new DriftState(0, 0, 0, Suspicion.NONE, 0, step);
    }

    /** The same, last seen at that step. */
    public DriftState seenAt(long step) {
        return new DriftState(observations, mean, variance, suspicion, step, quietUntil);
    }

    /** In a few bytes. */
    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .put(VERSION)
                .putLong(observations)
                .putDouble(mean)
                .putDouble(variance)
                .putDouble(suspicion.evidence())
                .putInt(suspicion.steps())
                .putDouble(suspicion.sum())
                .putDouble(suspicion.before())
                .putLong(lastStep)
                .putLong(quietUntil)
                .array();
    }

    /** From {@link #bytes()}; null if another version wrote them, so that it is learned anew. */
    public static DriftState of(byte[] bytes) {
        if (bytes == null || bytes.length != BYTES || bytes[0] != VERSION) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, BYTES - 1);
        return new DriftState(
                in.getLong(),
                in.getDouble(),
                in.getDouble(),
                new Suspicion(in.getDouble(), in.getInt(), in.getDouble(), in.getDouble()),
                in.getLong(),
                in.getLong());
    }
}
