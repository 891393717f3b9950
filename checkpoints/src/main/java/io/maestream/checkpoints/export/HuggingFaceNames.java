package io.maestream.checkpoints.export;

import io.maestream.checkpoints.safetensors.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From timm's names and layouts to those of Hugging Face's {@code ViTMAEForPreTraining}: other
 * names, and queries, keys and values as three arrays instead of one.
 *
 * @see <a
 *     href="https://github.com/huggingface/transformers/blob/v4.57.1/src/transformers/models/vit_mae/modeling_vit_mae.py">
 *     ViTMAE</a>
 */
public final class HuggingFaceNames {

    private static final List<String> ATTENTION = List.of("query", "key", "value");
    private static final Pattern BLOCK = Pattern.compile("(decoder_)?blocks\\.(\\d+)\\.(.+)");
    private static final Pattern QKV = Pattern.compile("(.+)\\.attn\\.qkv\\.(weight|bias)");

    /** What stands inside a block. */
    private static final Map<String, String> INNER =
            Map.of(
                    "norm1", "layernorm_before",
                    "norm2", "layernorm_after",
                    "attn.proj", "attention.output.dense",
                    "mlp.fc1", "intermediate.dense",
                    "mlp.fc2", "output.dense");

    private static final Map<String, String> PREFIXES = prefixes();

    private HuggingFaceNames() {}

    /**
     * The same arrays under the other names; nothing is copied.
     *
     * @throws IllegalArgumentException if an array is none of a Masked Autoencoder's
     */
    public static List<Tensor> of(List<Tensor> timm) {
        List<Tensor> renamed = new ArrayList<>();
        for (Tensor tensor : timm) {
            Matcher qkv = QKV.matcher(tensor.name());
            if (qkv.matches()) {
                String block = block(qkv.group(1) + ".").orElseThrow();
                split(tensor, block + "attention.attention.", qkv.group(2), renamed);
            } else {
                renamed.add(
                        new Tensor(
                                name(tensor.name()),
                                tensor.dtype(),
                                tensor.shape(),
                                tensor.data()));
            }
        }
        return renamed;
    }

    /** Rows are q, k, v, one after the other, so thirds of the bytes are thirds of the rows. */
    private static void split(Tensor qkv, String prefix, String kind, List<Tensor> into) {
        ByteBuffer data = qkv.data();
        int third = data.remaining() / ATTENTION.size();
        List<Long> shape = new ArrayList<>(qkv.shape());
        shape.set(0, shape.get(0) / ATTENTION.size());
        for (int i = 0; i < ATTENTION.size(); i++) {
            ByteBuffer part = data.slice(data.position() + i * third, third).order(data.order());
            into.add(new Tensor(prefix + ATTENTION.get(i) + "." + kind, qkv.dtype(), shape, part));
        }
    }

    private static String name(String timm) {
        Matcher block = BLOCK.matcher(timm);
        if (block.matches()) {
            int dot = block.group(3).lastIndexOf('.');
            String inner = INNER.get(block.group(3).substring(0, dot));
            String owner = timm.substring(0, block.start(3));
            if (inner != null) {
                return block(owner).orElseThrow() + inner + block.group(3).substring(dot);
            }
        }
        return PREFIXES.entrySet().stream()
                .filter(prefix -> timm.startsWith(prefix.getKey()))
                .map(prefix -> prefix.getValue() + timm.substring(prefix.getKey().length()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no array of a ViTMAE: " + timm));
    }

    private static Optional<String> block(String timm) {
        Matcher block = Pattern.compile("(decoder_)?blocks\\.(\\d+)\\.").matcher(timm);
        return block.matches()
                ? Optional.of(
                        (block.group(1) == null ? "vit.encoder.layer." : "decoder.decoder_layers.")
                                + block.group(2)
                                + ".")
                : Optional.empty();
    }

    private static Map<String, String> prefixes() {
        Map<String, String> prefixes = new LinkedHashMap<>();
        prefixes.put("cls_token", "vit.embeddings.cls_token");
        prefixes.put("pos_embed", "vit.embeddings.position_embeddings");
        prefixes.put("patch_embed.proj.", "vit.embeddings.patch_embeddings.projection.");
        prefixes.put("norm.", "vit.layernorm.");
        prefixes.put("mask_token", "decoder.mask_token");
        prefixes.put("decoder_pos_embed", "decoder.decoder_pos_embed");
        prefixes.put("decoder_embed.", "decoder.decoder_embed.");
        prefixes.put("decoder_norm.", "decoder.decoder_norm.");
        prefixes.put("decoder_pred.", "decoder.decoder_pred.");
        return prefixes;
    }
}
