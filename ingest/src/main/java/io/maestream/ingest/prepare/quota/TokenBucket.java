package io.maestream.ingest.prepare.quota;

import java.nio.ByteBuffer;

/**
 * What a source may still send: tokens flow in at the quota's rate up to its burst, and each image
 * takes one. Time is that of the records, so the same log gives the same decisions.
 *
 * @param tokens images that may come now
 * @param time up to which tokens have flowed in, in milliseconds
 */
public record TokenBucket(double tokens, long time) {

    private static final double MILLIS = 1000.0;

    /** The bucket after an image asked, and whether the image may pass. */
    public record Answer(TokenBucket bucket, boolean granted) {}

    /** A source that has rested. */
    public static TokenBucket full(QuotaSettings quota, long time) {
        return new TokenBucket(quota.burst(), time);
    }

    /** Asks for one image. A time before the last one brings no tokens. */
    public Answer take(QuotaSettings quota, long now) {
        long later = Math.max(time, now);
        double filled = Math.min(quota.burst(), tokens + inflow(quota, later));
        return filled >= 1
                ? new Answer(new TokenBucket(filled - 1, later), true)
                : new Answer(new TokenBucket(filled, later), false);
    }

    /** Whether nothing is remembered by keeping it: it would be full by then. */
    public boolean isFull(QuotaSettings quota, long now) {
        return tokens + inflow(quota, Math.max(time, now)) >= quota.burst();
    }

    /** As it is stored. */
    public byte[] bytes() {
        return ByteBuffer.allocate(Double.BYTES + Long.BYTES)
                .putDouble(tokens)
                .putLong(time)
                .array();
    }

    /** From what {@link #bytes()} gave. */
    public static TokenBucket of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new TokenBucket(in.getDouble(), in.getLong());
    }

    private double inflow(QuotaSettings quota, long until) {
        return (until - time) * quota.imagesPerSecond() / MILLIS;
    }
}
