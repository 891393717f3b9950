package io.maestream.ingest.prepare.repeat;

import java.util.Arrays;

/**
 * What is kept of an image to compare others with: 18 by 16 pixels, and a hash of its gradients.
 *
 * <p>The hash (dHash) is 64 bits, one for each of 8 by 8 places: whether the next place to the
 * right is brighter. It takes no notice of light that changes everywhere. Flat pictures have no
 * gradients, whatever their colours, so colours are compared as well.
 *
 * @see <a href="https://www.hackerfactor.com/blog/index.php?/archives/529-Kind-of-Like-That.html">
 *     dHash</a>
 */
public final class Thumbnail {

    /** Pixels: two for each of nine columns. */
    public static final int WIDTH = 18;

    /** Pixels: two for each of eight rows. */
    public static final int HEIGHT = 16;

    /** Bytes: (height, width, 3). */
    public static final int BYTES = WIDTH * HEIGHT * 3;

    private static final int COLUMNS = WIDTH / 2;
    private static final int ROWS = HEIGHT / 2;

    /** Sum over a place's 12 bytes by which the next must exceed it: two levels each. */
    private static final int MARGIN = 24;

    private final byte[] pixels;
    private final long hash;

    /**
     * Of these pixels.
     *
     * @param pixels (16, 18, 3) bytes, in any order of colours
     */
    public Thumbnail(byte[] pixels) {
        if (pixels.length != BYTES) {
            throw new IllegalArgumentException(
                    "a thumbnail has %d bytes, not %d".formatted(BYTES, pixels.length));
        }
        this.pixels = pixels.clone();
        this.hash = gradients(this.pixels);
    }

    /** The pixels, (16, 18, 3). */
    public byte[] pixels() {
        return pixels.clone();
    }

    /** The hash of gradients. */
    public long hash() {
        return hash;
    }

    /** Bits by which the hashes differ: 0 to 64. */
    public int distance(Thumbnail other) {
        return Long.bitCount(hash ^ other.hash);
    }

    /** The largest difference of any pixel in any colour: 0 to 255. */
    public int contrast(Thumbnail other) {
        int largest = 0;
        for (int i = 0; i < BYTES; i++) {
            largest = Math.max(largest, Math.abs((pixels[i] & 0xFF) - (other.pixels[i] & 0xFF)));
        }
        return largest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Thumbnail that && Arrays.equals(pixels, that.pixels);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash);
    }

    private static long gradients(byte[] pixels) {
        long bits = 0;
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS - 1; column++) {
                int rise = sum(pixels, row, column + 1) - sum(pixels, row, column);
                bits = bits << 1 | (rise > MARGIN ? 1 : 0);
            }
        }
        return bits;
    }

    /** Of the two by two pixels of a place, all colours. */
    private static int sum(byte[] pixels, int row, int column) {
        int sum = 0;
        for (int y = 2 * row; y < 2 * row + 2; y++) {
            int start = (y * WIDTH + 2 * column) * 3;
            for (int i = start; i < start + 6; i++) {
                sum += pixels[i] & 0xFF;
            }
        }
        return sum;
    }
}
