package io.maestream.checkpoints;

import java.io.IOException;

/** Where checkpoints are written to. */
public interface CheckpointWriter {

    /**
     * Begins a checkpoint.
     *
     * @throws IllegalArgumentException if the id is none
     * @throws CheckpointException if there is one of this id
     */
    CheckpointDraft begin(String checkpointId) throws IOException;
}
