package io.maestream.ingest.prepare.repeat;

import java.nio.ByteBuffer;

/**
 * The last image of a source that was kept.
 *
 * @param time of its record, in milliseconds
 * @param thumbnail what others are compared with
 */
public record LastKept(long time, Thumbnail thumbnail) {

    /** As it is stored: time, then the thumbnail's pixels. */
    public byte[] bytes() {
        return ByteBuffer.allocate(Long.BYTES + Thumbnail.BYTES)
                .putLong(time)
                .put(thumbnail.pixels())
                .array();
    }

    /** From what {@link #bytes()} gave. */
    public static LastKept of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long time = in.getLong();
        byte[] pixels = new byte[in.remaining()];
        in.get(pixels);
        return new LastKept(time, new Thumbnail(pixels));
    }
}
