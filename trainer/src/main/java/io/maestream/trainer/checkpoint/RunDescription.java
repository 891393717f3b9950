package io.maestream.trainer.checkpoint;

import io.maestream.checkpoints.ModelDescription;
import io.maestream.mae.MaeSettings;
import io.maestream.mae.MaeShape;

/**
 * What all checkpoints of a run have in common.
 *
 * @param runId the run
 * @param model its model
 * @param configDigest SHA-256 of the settings that decide the weights
 * @param softwareVersion what wrote it
 */
public record RunDescription(
        String runId, ModelDescription model, String configDigest, String softwareVersion) {

    /** The model's description from its settings. */
    public static ModelDescription describe(MaeSettings settings) {
        MaeShape shape = settings.shape();
        return new ModelDescription(
                shape.image().size(),
                shape.image().patch(),
                shape.image().channels(),
                shape.encoder().dim(),
                shape.encoder().depth(),
                shape.encoder().heads(),
                shape.decoder().dim(),
                shape.decoder().depth(),
                shape.decoder().heads(),
                settings.objective().maskRatio(),
                settings.objective().normPix());
    }
}
