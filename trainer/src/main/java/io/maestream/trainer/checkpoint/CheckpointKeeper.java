package io.maestream.trainer.checkpoint;

import io.maestream.schemas.CheckpointCommitted;

/** Told after every commit, on the writing thread: applies retention. */
public interface CheckpointKeeper {

    void keep(CheckpointCommitted newest);
}
