package io.maestream.follower;

import ai.djl.Device;
import io.maestream.checkpoints.safetensors.SafetensorsFile;
import io.maestream.checkpoints.safetensors.Tensor;
import io.maestream.mae.FrozenEncoder;
import io.maestream.mae.ImageShape;
import io.maestream.mae.NamedTensor;
import io.maestream.mae.TowerShape;
import io.maestream.schemas.ModelShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

    /**
     * The encoder in float32, as the checkpoint says it is shaped.
     *
     * @throws RefusedCheckpointException as {@link #load()}
     * @throws IOException as {@link #load()}
     */
    public FrozenEncoder open(Device device) throws IOException {
        List<NamedTensor> weights =
                load().values().stream()
                        .map(
                                tensor ->
                                        new NamedTensor(
                                                tensor.name(),
                                                tensor.shape().stream()
                                                        .mapToLong(Long::longValue)
                                                        .toArray(),
                                                tensor.data()))
                        .toList();
        try {
            return FrozenEncoder.open(image(), tower(), weights, device);
        } catch (IllegalArgumentException e) {
            throw new RefusedCheckpointException(
                    "encoder of checkpoint %s: %s".formatted(checkpointId, e.getMessage()), e);
        }
    }

    /** The images that it takes. */
    public ImageShape image() {
        return new ImageShape(shape.getImageSize(), shape.getPatchSize(), shape.getChannels());
    }

    /** Its blocks. */
    public TowerShape tower() {
        return new TowerShape(
                shape.getEncoderDim(), shape.getEncoderDepth(), shape.getEncoderHeads());
    }
}
