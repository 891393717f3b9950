package io.maestream.follower;

import io.maestream.checkpoints.CheckpointException;
import io.maestream.schemas.ModelShape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    private final Map<String, List<Long>> shapes = new TreeMap<>();

    private EncoderLayout() {}

    /**
     * What an encoder of this shape must have, by name; sizes outermost first.
     *
     * @throws CheckpointException if it is no shape of a ViT
     */
    static Map<String, List<Long>> of(ModelShape model) throws CheckpointException {
        requireShape(model);
        EncoderLayout layout = new EncoderLayout();
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
        return layout.shapes;
    }

    private static void requireShape(ModelShape model) throws CheckpointException {
        int patch = model.getPatchSize();
        int depth = model.getEncoderDepth();
        if (patch < 1 || model.getImageSize() < patch || model.getImageSize() % patch != 0) {
            throw new CheckpointException(
                    "image size %d is no multiple of patch size %d"
                            .formatted(model.getImageSize(), patch));
        }
        if (depth < 1 || depth > MAX_DEPTH) {
            throw new CheckpointException(
                    "encoder depth %d is not 1 to %d".formatted(depth, MAX_DEPTH));
        }
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
