package io.maestream.trainer.feed;

import java.util.List;
import java.util.OptionalInt;

/**
 * Which records a replay memory keeps, and which it gives back. Pure: the same arguments give the
 * same answer, so a policy that weighs what is held against what comes (a minimum-redundancy one)
 * needs no state that a checkpoint would have to keep.
 */
public interface MemoryPolicy {

    /**
     * Called for a full memory.
     *
     * @param offered how many records were offered before this one
     * @param candidate the record offered
     * @param held what the memory holds
     * @return the place in {@code held} that the candidate takes, or nothing if it is not kept
     */
    OptionalInt replaces(long offered, StreamRecord candidate, List<StreamRecord> held);

    /**
     * @param draws how many records were drawn before
     * @param held what the memory holds, not empty
     * @return the place in {@code held} of the record to train on again
     */
    int pick(long draws, List<StreamRecord> held);
}
