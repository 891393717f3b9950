package io.maestream.mae;

/**
 * Which patches are hidden: a permutation of an image's patches whose first part stays visible,
 * decided by the image's seed alone (counter-based: SplitMix64, Steele, Lea, Flood, OOPSLA 2014).
 */
public final class Masking {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Masking() {}

    /**
     * Permutations for a batch.
     *
     * @param patches L
     * @return (B, L), row by row
     */
    static long[] permutations(long[] seeds, int patches) {
        long[] all = new long[seeds.length * patches];
        for (int i = 0; i < seeds.length; i++) {
            permute(seeds[i], all, i * patches, patches);
        }
        return all;
    }

    /** The permutation of {@code 0..patches−1} that belongs to a seed; each is equally likely. */
    public static long[] permutation(long seed, int patches) {
        long[] permutation = new long[patches];
        permute(seed, permutation, 0, patches);
        return permutation;
    }

    /**
     * Fisher and Yates' shuffle. The seed is mixed first: two seeds one stride of the generator
     * apart would otherwise draw the same numbers one place later, and hide similar patches.
     */
    private static void permute(long seed, long[] into, int from, int patches) {
        long root = mix(seed);
        for (int i = 0; i < patches; i++) {
            into[from + i] = i;
        }
        for (int i = patches - 1; i > 0; i--) {
            int j = below(mix(root + i * GOLDEN_GAMMA), i + 1);
            long moved = into[from + i];
            into[from + i] = into[from + j];
            into[from + j] = moved;
        }
    }

    private static int below(long bits, int bound) {
        return (int) Math.multiplyHigh(bits >>> 1, (long) bound << 1);
    }

    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
