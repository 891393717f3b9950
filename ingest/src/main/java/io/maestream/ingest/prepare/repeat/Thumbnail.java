package io.maestream.ingest.prepare.repeat;

import java.util.Arrays;

/**
 * What is kept of an image to compare others with: 18 by 16 pixels, and a hash of their gradients.
 *
 * <p>The hash (dHash) is 64 bits, one for each of 8 by 8 places: whether the next place to the
 * right is brighter. It takes no notice of light that changes everywhere. Where a picture is flat,
 * noise alone decides its bits, so a bit counts only if the gradient changed by more than noise
 * does. Flat pictures have no gradients, whatever their colours, so colours are compared as well.
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

    private static final int PLACES = 8;

    /** Of the sum over a place's 12 bytes: three levels each. */
    private static final int NOISE = 36;

    private final byte[] pixels;
    private final int[] gradients;

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
        this.gradients = gradients(this.pixels);
    }

    /** The pixels, (16, 18, 3). */
    public byte[] pixels() {
        return pixels.clone();
    }

    /** Bits by which the hashes differ for more than noise: 0 to 64. */
    public int distance(Thumbnail other) {
        int bits = 0;
        for (int i = 0; i < gradients.length; i++) {
            boolean turned = gradients[i] > 0 != other.gradients[i] > 0;
            if (turned && Math.abs(gradients[i] - other.gradients[i]) > NOISE) {
                bits++;
            }
        }
        return bits;
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
        return Arrays.hashCode(pixels);
    }

    private static int[] gradients(byte[] pixels) {
        int[] gradients = new int[PLACES * PLACES];
        for (int i = 0; i < gradients.length; i++) {
            int row = i / PLACES;
            int column = i % PLACES;
            gradients[i] = sum(pixels, row, column + 1) - sum(pixels, row, column);
        }
        return gradients;
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
