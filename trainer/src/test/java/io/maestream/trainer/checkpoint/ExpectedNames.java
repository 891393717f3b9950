package io.maestream.trainer.checkpoint;

import io.maestream.mae.MaeShape;
import io.maestream.mae.TowerShape;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The names and shapes that timm's {@code VisionTransformer} and Hugging Face's {@code
 * ViTMAEForPreTraining} have, written down once more and not derived from the code under test.
 */
final class ExpectedNames {

    private final SortedMap<String, List<Long>> shapes = new TreeMap<>();

    static SortedMap<String, List<Long>> timmEncoder(MaeShape shape) {
        ExpectedNames names = new ExpectedNames();
        long d = shape.encoder().dim();
        long p = shape.image().patch();
        names.put("cls_token", 1, 1, d);
        names.put("pos_embed", 1, shape.patches() + 1, d);
        names.put("patch_embed.proj.weight", d, shape.image().channels(), p, p);
        names.put("patch_embed.proj.bias", d);
        for (int i = 0; i < shape.encoder().depth(); i++) {
            String block = "blocks." + i + ".";
            names.norm(block + "norm1", d);
            names.linear(block + "attn.qkv", 3 * d, d);
            names.linear(block + "attn.proj", d, d);
            names.norm(block + "norm2", d);
            names.linear(block + "mlp.fc1", 4 * d, d);
            names.linear(block + "mlp.fc2", d, 4 * d);
        }
        names.norm("norm", d);
        return names.shapes;
    }

    static SortedMap<String, List<Long>> huggingFace(MaeShape shape) {
        ExpectedNames names = new ExpectedNames();
        long d = shape.encoder().dim();
        long w = shape.decoder().dim();
        long p = shape.image().patch();
        String embeddings = "vit.embeddings.";
        names.put(embeddings + "cls_token", 1, 1, d);
        names.put(embeddings + "position_embeddings", 1, shape.patches() + 1, d);
        names.put(
                embeddings + "patch_embeddings.projection.weight",
                d,
                shape.image().channels(),
                p,
                p);
        names.put(embeddings + "patch_embeddings.projection.bias", d);
        names.layers("vit.encoder.layer.", shape.encoder());
        names.norm("vit.layernorm", d);
        names.put("decoder.mask_token", 1, 1, w);
        names.put("decoder.decoder_pos_embed", 1, shape.patches() + 1, w);
        names.linear("decoder.decoder_embed", w, d);
        names.layers("decoder.decoder_layers.", shape.decoder());
        names.norm("decoder.decoder_norm", w);
        names.linear("decoder.decoder_pred", shape.patchValues(), w);
        return names.shapes;
    }

    private void layers(String prefix, TowerShape tower) {
        long d = tower.dim();
        for (int i = 0; i < tower.depth(); i++) {
            String layer = prefix + i + ".";
            for (String part : List.of("query", "key", "value")) {
                linear(layer + "attention.attention." + part, d, d);
            }
            linear(layer + "attention.output.dense", d, d);
            norm(layer + "layernorm_before", d);
            norm(layer + "layernorm_after", d);
            linear(layer + "intermediate.dense", 4 * d, d);
            linear(layer + "output.dense", d, 4 * d);
        }
    }

    private void norm(String name, long width) {
        put(name + ".weight", width);
        put(name + ".bias", width);
    }

    private void linear(String name, long out, long in) {
        put(name + ".weight", out, in);
        put(name + ".bias", out);
    }

    private void put(String name, long... sizes) {
        shapes.put(name, java.util.Arrays.stream(sizes).boxed().toList());
    }
}
