package io.maestream.trainer.checkpoint;

import io.maestream.mae.TrainState;
import io.maestream.schemas.CheckpointCommitted;

/**
 * A committed checkpoint, read back and verified.
 *
 * @param event the event that committed it
 * @param tensors weights and moments
 * @param state everything else
 */
public record Restored(CheckpointCommitted event, TrainState tensors, RunState state) {}
