package io.maestream.mae;

import java.util.ArrayList;
import java.util.List;

/**
 * A trainable array: its name, shape and first values.
 *
 * @param name timm's
 * @param shape sizes
 * @param start how it is filled at first
 */
record ParameterSpec(String name, long[] shape, Start start) {

    /** First values (arXiv:2111.06377, appendix A.1, and the paper's code). */
    enum Start {
        /** Xavier uniform over the array seen as (first size, all others). */
        XAVIER,
        /** Normal with deviation 0.02. */
        NORMAL,
        ZERO,
        ONE
    }

    /** All of a model's, in the order in which the kernels index them. */
    static List<ParameterSpec> of(MaeShape shape) {
        List<ParameterSpec> specs = new ArrayList<>();
        long width = shape.encoder().dim();
        long decoderWidth = shape.decoder().dim();
        long patch = shape.image().patch();
        specs.add(new ParameterSpec(TensorNames.CLS_TOKEN, dims(1, 1, width), Start.NORMAL));
        specs.add(
                new ParameterSpec(TensorNames.MASK_TOKEN, dims(1, 1, decoderWidth), Start.NORMAL));
        specs.add(
                new ParameterSpec(
                        "patch_embed.proj.weight",
                        dims(width, shape.image().channels(), patch, patch),
                        Start.XAVIER));
        specs.add(new ParameterSpec("patch_embed.proj.bias", dims(width), Start.ZERO));
        addTower(specs, "blocks", shape.encoder());
        addNorm(specs, "norm", width);
        addLinear(specs, "decoder_embed", decoderWidth, width);
        addTower(specs, "decoder_blocks", shape.decoder());
        addNorm(specs, "decoder_norm", decoderWidth);
        addLinear(specs, "decoder_pred", shape.patchValues(), decoderWidth);
        return List.copyOf(specs);
    }

    long size() {
        long size = 1;
        for (long dim : shape) {
            size *= dim;
        }
        return size;
    }

    private static void addTower(List<ParameterSpec> specs, String name, TowerShape tower) {
        long width = tower.dim();
        for (int i = 0; i < tower.depth(); i++) {
            String block = name + "." + i + ".";
            addNorm(specs, block + "norm1", width);
            addLinear(specs, block + "attn.qkv", 3 * width, width);
            addLinear(specs, block + "attn.proj", width, width);
            addNorm(specs, block + "norm2", width);
            addLinear(specs, block + "mlp.fc1", 4 * width, width);
            addLinear(specs, block + "mlp.fc2", width, 4 * width);
        }
    }

    private static void addNorm(List<ParameterSpec> specs, String name, long width) {
        specs.add(new ParameterSpec(name + ".weight", dims(width), Start.ONE));
        specs.add(new ParameterSpec(name + ".bias", dims(width), Start.ZERO));
    }

    private static void addLinear(List<ParameterSpec> specs, String name, long out, long in) {
        specs.add(new ParameterSpec(name + ".weight", dims(out, in), Start.XAVIER));
        specs.add(new ParameterSpec(name + ".bias", dims(out), Start.ZERO));
    }

    private static long[] dims(long... dims) {
        return dims;
    }
}
