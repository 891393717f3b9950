package io.maestream.follower;

import io.maestream.checkpoints.safetensors.DType;
import io.maestream.checkpoints.safetensors.SafetensorsFile;
import io.maestream.checkpoints.safetensors.Tensor;
import io.maestream.schemas.ModelShape;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Names and shapes of a ViT encoder's arrays, as timm's {@code VisionTransformer} without a head
 * has them.
 *
 * @see <a
 *     href="https://github.com/huggingface/pytorch-image-models/blob/main/timm/models/vision_transformer.py">
 *     timm's VisionTransformer</a>
 */
final class EncoderLayout {

    private static final int MLP_RATIO = 4;

    /** Far above any ViT; an event cannot make a follower build an endless list. */
    private static final int MAX_DEPTH = 1000;

    private final String checkpointId;
    private final Map<String, List<Long>> shapes = new TreeMap<>();

    private EncoderLayout(String checkpointId) {
        this.checkpointId = checkpointId;
    }

    /**
     * What the encoder of a checkpoint must have.
     *
     * @throws RefusedCheckpointException if it is no shape of a ViT
     */
    static EncoderLayout of(String checkpointId, ModelShape model) {
        EncoderLayout layout = new EncoderLayout(checkpointId);
        layout.requireShape(model);
        long width = model.getEncoderDim();
        long patch = model.getPatchSize();
        long side = model.getImageSize() / patch;
        layout.add("cls_token", 1, 1, width);
        layout.add("pos_embed", 1, side * side + 1, width);
        layout.add("patch_embed.proj.weight", width, model.getChannels(), patch, patch);
        layout.add("patch_embed.proj.bias", width);
        for (int i = 0; i < model.getEncoderDepth(); i++) {
            layout.addBlock("blocks." + i + ".", width);
        }
        layout.addNorm("norm", width);
        return layout;
    }

    /** By name; sizes outermost first. */
    Map<String, List<Long>> shapes() {
        return shapes;
    }

    /**
     * Reads all arrays.
     *
     * @throws RefusedCheckpointException if there are others, or others of their shape or type
     */
    Map<String, Tensor> read(SafetensorsFile file) throws IOException {
        requireNames(file.names());
        Map<String, Tensor> tensors = new TreeMap<>();
        for (Map.Entry<String, List<Long>> expected : shapes.entrySet()) {
            Tensor tensor = file.tensor(expected.getKey());
            if (!tensor.shape().equals(expected.getValue()) || tensor.dtype() != DType.F32) {
                throw refused(
                        "%s has shape %s of %s, its event says %s of F32"
                                .formatted(
                                        tensor.name(),
                                        tensor.shape(),
                                        tensor.dtype(),
                                        expected.getValue()));
            }
            tensors.put(tensor.name(), tensor);
        }
        return tensors;
    }

    private void requireNames(Set<String> found) {
        Set<String> missing = new TreeSet<>(shapes.keySet());
        missing.removeAll(found);
        Set<String> unknown = new TreeSet<>(found);
        unknown.removeAll(shapes.keySet());
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw refused(
                    "it is not of the announced shape: %d arrays missing %s, %d unknown %s"
                            .formatted(missing.size(), missing, unknown.size(), unknown));
        }
    }

    private void requireShape(ModelShape model) {
        int patch = model.getPatchSize();
        int depth = model.getEncoderDepth();
        if (patch < 1 || model.getImageSize() < patch || model.getImageSize() % patch != 0) {
            throw refused(
                    "image size %d is no multiple of patch size %d"
                            .formatted(model.getImageSize(), patch));
        }
        if (depth < 1 || depth > MAX_DEPTH) {
            throw refused("depth %d is not 1 to %d".formatted(depth, MAX_DEPTH));
        }
    }

    private RefusedCheckpointException refused(String why) {
        return new RefusedCheckpointException(
                "encoder of checkpoint %s: %s".formatted(checkpointId, why));
    }

    private void addBlock(String block, long width) {
        addNorm(block + "norm1", width);
        addLinear(block + "attn.qkv", 3 * width, width);
        addLinear(block + "attn.proj", width, width);
        addNorm(block + "norm2", width);
        addLinear(block + "mlp.fc1", MLP_RATIO * width, width);
        addLinear(block + "mlp.fc2", width, MLP_RATIO * width);
    }

    private void addNorm(String name, long width) {
        add(name + ".weight", width);
        add(name + ".bias", width);
    }

    private void addLinear(String name, long out, long in) {
        add(name + ".weight", out, in);
        add(name + ".bias", out);
    }

    private void add(String name, long... shape) {
        shapes.put(name, Arrays.stream(shape).boxed().toList());
    }
}
