package io.maestream.ingest.source.scene;

/** Pixels, 8-bit, (height, width, 3) in the order blue, green, red. */
final class Raster {

    static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private final byte[] pixels;

    Raster(int width, int height) {
        this.width = width;
        this.height = height;
        this.pixels = new byte[width * height * CHANNELS];
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    byte[] pixels() {
        return pixels;
    }

    void copyFrom(Raster other) {
        System.arraycopy(other.pixels, 0, pixels, 0, pixels.length);
    }

    /** Lets a colour cover a pixel by a share of 0 to 1. */
    void blend(int pixel, int rgb, double share) {
        int at = pixel * CHANNELS;
        int weight = (int) (share * 256 + 0.5);
        pixels[at] = mixed(pixels[at], rgb & 0xFF, weight);
        pixels[at + 1] = mixed(pixels[at + 1], rgb >> 8 & 0xFF, weight);
        pixels[at + 2] = mixed(pixels[at + 2], rgb >> 16 & 0xFF, weight);
    }

    private static byte mixed(byte old, int fresh, int weight) {
        int before = old & 0xFF;
        return (byte) (before + ((fresh - before) * weight + 128 >> 8));
    }
}
