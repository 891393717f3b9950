package io.maestream.follower;

import io.maestream.checkpoints.safetensors.SafetensorsFile;
import io.maestream.checkpoints.safetensors.Tensor;
import io.maestream.schemas.ModelShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * An encoder whose every byte was compared with the committed event.
 *
 * @param checkpointId the checkpoint it belongs to
 * @param step steps its weights have made
 * @param shape of the whole model; the file holds the encoder's part of it
 * @param file a safetensors file with timm's names, encoder only
 */
public record VerifiedEncoder(String checkpointId, long step, ModelShape shape, Path file) {

    /**
     * Reads all arrays, by timm's names, sorted; float32, little-endian.
     *
     * @throws RefusedCheckpointException if they are not exactly those of a ViT of the announced
     *     shape; the message names those that differ
     * @throws IOException if the file is gone (retention may have deleted it) or no safetensors
     *     file
     */
    public Map<String, Tensor> load() throws IOException {
        try (SafetensorsFile open = SafetensorsFile.open(file)) {
            return EncoderLayout.of(checkpointId, shape).read(open);
        }
    }
}
