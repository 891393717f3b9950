package io.maestream.checkpoints.export;

import io.maestream.checkpoints.FileEntry;
import io.maestream.checkpoints.Manifest;
import io.maestream.checkpoints.ModelDescription;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** README.md of a checkpoint: which files it has and how each is loaded. */
public final class CheckpointReadme {

    /** Its file name. */
    public static final String FILE_NAME = "README.md";

    private static final String EMA =
            """

            ## The averaged weights

            `ema/encoder/` holds the same files of the encoder for the exponential moving average of the weights,
            which usually transfers better; `ema.safetensors` has all of it.
            """;

    private CheckpointReadme() {}

    /**
     * The text.
     *
     * @param described the checkpoint and its files so far
     * @param mean of each channel, for pixels in 0..1
     * @param deviation of each channel
     */
    public static byte[] of(Manifest described, List<Double> mean, List<Double> deviation) {
        ModelDescription model = described.model();
        boolean averaged =
                described.files().stream().anyMatch(file -> file.name().startsWith("ema/"));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", described.checkpointId());
        values.put("run", described.runId());
        values.put("step", described.step());
        values.put("images", described.imagesSeen());
        values.put("version", described.softwareVersion());
        values.put("size", model.imageSize());
        values.put("patch", model.patchSize());
        values.put("channels", model.channels());
        values.put("colours", model.channels() == 3 ? "RGB" : "grey");
        values.put("width", model.encoderDim());
        values.put("depth", model.encoderDepth());
        values.put("heads", model.encoderHeads());
        values.put("mean", mean);
        values.put("deviation", deviation);
        values.put("files", files(described.files()));
        values.put("ema", averaged ? EMA : "");
        String text = template();
        for (Map.Entry<String, Object> value : values.entrySet()) {
            text = text.replace("@" + value.getKey() + "@", value.getValue().toString());
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String files(List<FileEntry> files) {
        return files.stream()
                .map(file -> "| `%s` | %s |".formatted(file.name(), purpose(file)))
                .collect(Collectors.joining("\n"));
    }

    private static String purpose(FileEntry file) {
        String name = file.name().replaceFirst("^ema/", "");
        return switch (name) {
            case "encoder/model.safetensors" -> "the encoder alone, timm's names | timm, anything";
            case "encoder/encoder.pt" -> "the encoder with its code | `torch.jit.load`, DJL";
            case "encoder/hf/model.safetensors" -> "encoder and decoder, ViTMAE's names | HF";
            case "encoder/hf/config.json" -> "the model's shape | HF";
            case "encoder/hf/preprocessor_config.json" -> "how images are prepared | HF";
            case "model.safetensors" -> "encoder and decoder, timm's names | Maestream, anything";
            case "ema.safetensors" -> "the averaged weights, timm's names | Maestream, anything";
            case "optimizer.safetensors" -> "AdamW's two moments | Maestream";
            case "state.json" -> "offsets, buffer, seed, schedule | Maestream";
            case "reconstruction.png" -> "what the model made of recent images | people";
            default -> file.role() + " | ";
        };
    }

    private static String template() {
        try (InputStream text = CheckpointReadme.class.getResourceAsStream(FILE_NAME)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE_NAME + " is not in the jar", e);
        }
    }
}
