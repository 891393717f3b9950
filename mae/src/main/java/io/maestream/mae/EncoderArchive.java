package io.maestream.mae;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An encoder as a TorchScript archive with its weights inside, which {@code torch.jit.load} and DJL
 * open: images (B, C, H, W) become the class token's and the patches' mean embedding, both (B, D),
 * after the last norm and without masking. Images are float32 and normalised ({@link
 * PixelStatistics}), or uint8 as they are. Its parameters have timm's names.
 */
public final class EncoderArchive {

    private static final String SOURCE = "encoder.py";

    private EncoderArchive() {}

    /**
     * Writes the archive.
     *
     * @param weights the encoder's, by timm's names; others are passed over
     * @throws IllegalArgumentException if one is missing
     */
    public static void write(WritableByteChannel out, MaeShape shape, List<NamedTensor> weights)
            throws IOException {
        Map<String, NamedTensor> byName = new HashMap<>();
        weights.forEach(weight -> byName.put(weight.name(), weight));
        TorchScriptArchive.write(
                Channels.newOutputStream(out), "encoder", source(shape), module(shape, byName));
    }

    private static ScriptModule module(MaeShape shape, Map<String, NamedTensor> weights) {
        ScriptModule blocks = ScriptModule.frozen("Blocks");
        for (int i = 0; i < shape.encoder().depth(); i++) {
            blocks.with("" + i, block("blocks." + i + ".", shape.encoder().heads(), weights));
        }
        return ScriptModule.frozen("Encoder")
                .with(TensorNames.CLS_TOKEN, weight(TensorNames.CLS_TOKEN, weights))
                .with(TensorNames.POS_EMBED, weight(TensorNames.POS_EMBED, weights))
                .with(
                        "patch_embed",
                        ScriptModule.frozen("PatchEmbed")
                                .with("patch", shape.image().patch())
                                .with("proj", affine("patch_embed.proj", weights)))
                .with("blocks", blocks)
                .with("norm", affine("norm", weights));
    }

    private static ScriptModule block(String name, int heads, Map<String, NamedTensor> weights) {
        ScriptModule attention =
                ScriptModule.frozen("Attention")
                        .with("heads", heads)
                        .with("qkv", affine(name + "attn.qkv", weights))
                        .with("proj", affine(name + "attn.proj", weights));
        ScriptModule mlp =
                ScriptModule.frozen("Mlp")
                        .with("fc1", affine(name + "mlp.fc1", weights))
                        .with("fc2", affine(name + "mlp.fc2", weights));
        return ScriptModule.frozen("Block")
                .with("norm1", affine(name + "norm1", weights))
                .with("attn", attention)
                .with("norm2", affine(name + "norm2", weights))
                .with("mlp", mlp);
    }

    private static ScriptModule affine(String name, Map<String, NamedTensor> weights) {
        return ScriptModule.frozen("Affine")
                .with("weight", weight(name + ".weight", weights))
                .with("bias", weight(name + ".bias", weights));
    }

    private static NamedTensor weight(String name, Map<String, NamedTensor> weights) {
        NamedTensor weight = weights.get(name);
        if (weight == null) {
            throw new IllegalArgumentException("the encoder has no weight " + name);
        }
        return weight;
    }

    /** TorchScript's stored form has no loops over modules: one line for each block. */
    private static String source(MaeShape shape) {
        PixelStatistics pixels = PixelStatistics.of(shape.image().channels());
        return template()
                .replace("@fields@\n", lines(shape, "  __annotations__[\"%d\"] = __torch__.Block"))
                .replace("@calls@\n", lines(shape, "    x = (getattr(self, \"%d\")).forward(x, )"))
                .replace("@mean@", numbers(pixels.mean()))
                .replace("@deviation@", numbers(pixels.deviation()));
    }

    private static String lines(MaeShape shape, String line) {
        return IntStream.range(0, shape.encoder().depth())
                .mapToObj(i -> line.formatted(i) + "\n")
                .collect(Collectors.joining());
    }

    private static String numbers(List<Double> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String template() {
        try (InputStream source = EncoderArchive.class.getResourceAsStream(SOURCE)) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(SOURCE + " is not in the jar", e);
        }
    }
}
