package io.maestream.trainer.feed;

/**
 * What is trained on again.
 *
 * @param policy what is kept
 * @param share of the images of a run that come from the memory, in [0, 0.9]
 * @param capacity records that it holds at most
 * @param maxBytes bytes that these take at most, encoded as they came
 */
public record MemorySettings(Policy policy, double share, int capacity, long maxBytes) {

    /** How a memory decides. */
    public enum Policy {
        /** There is no memory. */
        NONE,
        /** A uniform sample of everything trained on. */
        RESERVOIR;

        /** The policy itself; decides as the run's seed says. */
        MemoryPolicy open(long runSeed) {
            return new Reservoir(runSeed);
        }
    }

    /** Nothing is trained on twice. */
    public static final MemorySettings NONE = new MemorySettings(Policy.NONE, 0, 1, 0);

    public MemorySettings {
        if (!(share >= 0 && share <= 0.9) || capacity < 1 || maxBytes < 0) {
            throw new IllegalArgumentException(
                    ("train.replay.share (%s) must lie in 0 to 0.9, train.replay.capacity (%d)"
                                    + " must be positive and train.replay.bytes (%d) not negative")
                            .formatted(share, capacity, maxBytes));
        }
    }

    /** Whether the memory ever holds anything. */
    boolean isOn() {
        return policy != Policy.NONE && share > 0;
    }
}
