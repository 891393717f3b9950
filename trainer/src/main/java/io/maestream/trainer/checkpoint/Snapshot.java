package io.maestream.trainer.checkpoint;

import io.maestream.mae.ImageBatch;
import io.maestream.mae.TrainState;
import io.maestream.schemas.Trigger;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A run as it was at one step boundary, copied to host memory.
 *
 * @param id the checkpoint's id
 * @param parentId the checkpoint before it, if any
 * @param takenAt when the copy was made
 * @param trigger why
 * @param tensors weights and moments
 * @param state everything else
 * @param metrics what is known about the weights
 * @param sample a few recent images to draw what the weights make of them
 */
public record Snapshot(
        String id,
        Optional<String> parentId,
        Instant takenAt,
        Trigger trigger,
        TrainState tensors,
        RunState state,
        Map<String, Double> metrics,
        Optional<ImageBatch> sample) {}
