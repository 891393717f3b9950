package io.maestream.ingest.source.scene;

/** Arithmetic of colours, 0xRRGGBB. */
final class Colours {

    private Colours() {}

    /** Between two colours; a share of 0 is the first, of 1 the second. */
    static int mix(int first, int second, double share) {
        double s = Math.max(0, Math.min(1, share));
        return channel(first, second, s, 16)
                | channel(first, second, s, 8)
                | channel(first, second, s, 0);
    }

    /** Towards white by a positive amount, towards black by a negative one. */
    static int lighten(int rgb, double amount) {
        return amount >= 0 ? mix(rgb, 0xFFFFFF, amount) : mix(rgb, 0x000000, -amount);
    }

    private static int channel(int first, int second, double share, int shift) {
        int from = first >> shift & 0xFF;
        int to = second >> shift & 0xFF;
        return (int) Math.round(from + (to - from) * share) << shift;
    }
}
