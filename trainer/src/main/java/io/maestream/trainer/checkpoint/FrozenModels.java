package io.maestream.trainer.checkpoint;

import ai.djl.Device;
import io.maestream.checkpoints.ModelDescription;
import io.maestream.checkpoints.safetensors.SafetensorsFile;
import io.maestream.mae.FrozenMae;
import java.io.IOException;
import java.nio.file.Path;

/** Opens the model of a published checkpoint to look at it. */
public final class FrozenModels {

    private FrozenModels() {}

    /**
     * A checkpoint's model with its own objective, in float32.
     *
     * @param directory the checkpoint's files
     * @param model from its manifest
     * @throws IOException if the weights cannot be read
     * @throws IllegalArgumentException if they are not of that model
     */
    public static FrozenMae open(Path directory, ModelDescription model, Device device)
            throws IOException {
        try (SafetensorsFile weights =
                SafetensorsFile.open(directory.resolve(CheckpointFiles.MODEL))) {
            return FrozenMae.open(
                    Shapes.of(model), Shapes.objective(model), Tensors.read(weights, ""), device);
        }
    }
}
