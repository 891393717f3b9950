package io.maestream.trainer.feed;

import java.util.List;
import java.util.OptionalInt;

/**
 * A uniform sample of everything that was offered (algorithm R: Vitter, Random sampling with a
 * reservoir, ACM TOMS 11, 1985), and uniform draws from it.
 *
 * @param seed of its decisions
 */
record Reservoir(long seed) implements MemoryPolicy {

    private static final long KEEP = 0x4EE9L;
    private static final long DRAW = 0xD4A3L;

    @Override
    public OptionalInt replaces(long offered, StreamRecord candidate, List<StreamRecord> held) {
        long bits = CounterRandom.at(CounterRandom.combine(seed, KEEP), offered);
        long place = CounterRandom.below(bits, offered + 1);
        return place < held.size() ? OptionalInt.of((int) place) : OptionalInt.empty();
    }

    @Override
    public int pick(long draws, List<StreamRecord> held) {
        long bits = CounterRandom.at(CounterRandom.combine(seed, DRAW), draws);
        return CounterRandom.below(bits, held.size());
    }
}
