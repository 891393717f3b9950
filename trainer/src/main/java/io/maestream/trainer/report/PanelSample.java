package io.maestream.trainer.report;

import java.util.List;
import java.util.Optional;

/**
 * A drawn panel.
 *
 * @param step the weights' step
 * @param checkpointId the checkpoint it was drawn for, if any
 * @param sourceIds one per row
 * @param loss of the shown images
 * @param png the picture
 */
public record PanelSample(
        long step, Optional<String> checkpointId, List<String> sourceIds, float loss, byte[] png) {}
