package io.maestream.trainer.feed;

/**
 * Counter-based random numbers: pure functions of a seed and what is being decided, so that the
 * same record gets the same crop, flip and mask wherever and whenever it is trained on.
 *
 * <p>The mixer is the 64-bit finalizer of SplitMix (Steele, Lea, Flood, OOPSLA 2014, variant 13 of
 * Stafford).
 */
final class CounterRandom {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private CounterRandom() {}

    /** A root for everything that is decided about one visit of one record. */
    static long recordRoot(long runSeed, RecordRef ref) {
        long hash = mix(runSeed ^ GOLDEN_GAMMA);
        hash = combine(hash, hashOf(ref.partition().topic()));
        hash = combine(hash, ref.partition().partition());
        hash = combine(hash, ref.offset());
        return combine(hash, ref.visits());
    }

    /** The {@code counter}-th number of a root's sequence. */
    static long at(long root, long counter) {
        return mix(root + (counter + 1) * GOLDEN_GAMMA);
    }

    /** A number in [0, 1), from the upper 53 bits. */
    static double unit(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }

    /** A number in [0, bound), without a bias that could be seen at buffer sizes. */
    static int below(long bits, int bound) {
        return (int) Math.multiplyHigh(bits >>> 1, (long) bound << 1);
    }

    /** The same for bounds that no buffer has. */
    static long below(long bits, long bound) {
        return Math.multiplyHigh(bits >>> 1, bound << 1);
    }

    static long combine(long hash, long value) {
        return mix(hash ^ mix(value + GOLDEN_GAMMA));
    }

    private static long hashOf(String text) {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = combine(hash, text.charAt(i));
        }
        return hash;
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
