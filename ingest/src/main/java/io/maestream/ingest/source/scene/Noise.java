package io.maestream.ingest.source.scene;

/** Repeatable noise: the same place and seed give the same value on every machine. */
final class Noise {

    private static final int OCTAVES = 4;

    private Noise() {}

    /** The finaliser of SplitMix64, a bijection in which every input bit moves every output bit. */
    static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** A number in [0, 1) for a pair. */
    static double hash(long a, long b) {
        return (mix(mix(a) ^ b) >>> 11) * 0x1.0p-53;
    }

    /** Smooth noise in [0, 1] with features of size 1. */
    static double smooth(double x, double y, long seed) {
        long left = (long) Math.floor(x);
        long top = (long) Math.floor(y);
        double u = ease(x - left);
        double v = ease(y - top);
        double upper = lerp(corner(left, top, seed), corner(left + 1, top, seed), u);
        double lower = lerp(corner(left, top + 1, seed), corner(left + 1, top + 1, seed), u);
        return lerp(upper, lower, v);
    }

    /** Smooth noise in [0, 1] with features of size 1 and finer ones on top. */
    static double fractal(double x, double y, long seed) {
        double sum = 0;
        double weight = 0.5;
        double total = 0;
        double scale = 1;
        for (int octave = 0; octave < OCTAVES; octave++) {
            sum += weight * smooth(x * scale, y * scale, seed + octave);
            total += weight;
            weight /= 2;
            scale *= 2;
        }
        return sum / total;
    }

    private static double corner(long x, long y, long seed) {
        return hash(x ^ seed * 0x632BE59BD9B4E019L, y);
    }

    private static double ease(double t) {
        return t * t * (3 - 2 * t);
    }

    private static double lerp(double a, double b, double t) {
        return a + (b - a) * t;
    }
}
