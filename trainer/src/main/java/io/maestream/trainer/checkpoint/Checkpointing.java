package io.maestream.trainer.checkpoint;

import io.maestream.trainer.Progress;

/** What happens at step boundaries: a run is kept, or compared with what was kept. */
public interface Checkpointing {

    /** At every boundary, whether a step was made or nothing arrived. */
    void at(Boundary boundary);

    /** At the last boundary. */
    void finish(Boundary boundary);

    /**
     * After too many steps that were not finite.
     *
     * @return how far the run is now
     * @throws DivergedException if there is nothing to go back to, or it was tried before
     */
    Progress goBack(Boundary boundary);
}
