package io.maestream.trainer.checkpoint;

import io.maestream.checkpoints.CheckpointDraft;
import io.maestream.checkpoints.ModelDescription;
import io.maestream.checkpoints.export.HuggingFaceConfig;
import io.maestream.checkpoints.export.HuggingFaceNames;
import io.maestream.checkpoints.safetensors.SafetensorsWriter;
import io.maestream.checkpoints.safetensors.Tensor;
import io.maestream.mae.EncoderArchive;
import io.maestream.mae.NamedTensor;
import io.maestream.mae.PixelStatistics;
import io.maestream.mae.TensorNames;
import io.maestream.mae.TrainState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * The weights as files that other libraries open. The averaged weights, where a run keeps them, are
 * another set in a folder of its own, {@code ema/}. A resumed run needs none of these.
 */
final class Exports {

    /** DJL opens {@code NAME.pt} in a directory as the model NAME. */
    static final String ARCHIVE = "encoder/encoder.pt";

    private static final String HUGGING_FACE = "encoder/hf/";

    private final CheckpointDraft draft;
    private final ModelDescription model;

    Exports(CheckpointDraft draft, ModelDescription model) {
        this.draft = draft;
        this.model = model;
    }

    void write(TrainState state) throws IOException {
        // Nothing of run or id: equal weights give equal files, whoever trained them.
        Map<String, String> metadata = Map.of("step", Long.toString(state.step()));
        write("", "", state.parameters(), metadata);
        if (!state.averages().isEmpty()) {
            List<Tensor> encoder =
                    state.averages().stream()
                            .filter(tensor -> TensorNames.isEncoder(tensor.name()))
                            .map(Tensors::of)
                            .toList();
            safetensors("ema-encoder", "ema/" + CheckpointFiles.ENCODER, encoder, metadata);
            write("ema/", "ema-", state.averages(), metadata);
        }
    }

    private void write(
            String folder, String role, List<NamedTensor> weights, Map<String, String> metadata)
            throws IOException {
        draft.write(
                role + "encoder-torchscript",
                folder + ARCHIVE,
                out -> EncoderArchive.write(out, Shapes.of(model), weights));
        String huggingFace = folder + HUGGING_FACE;
        List<Tensor> all = weights.stream().map(Tensors::of).toList();
        safetensors(
                role + "encoder-hf",
                huggingFace + CheckpointFiles.MODEL,
                HuggingFaceNames.of(all),
                metadata);
        PixelStatistics pixels = PixelStatistics.of(model.channels());
        bytes(role + "encoder-hf", huggingFace + "config.json", HuggingFaceConfig.model(model));
        bytes(
                role + "encoder-hf",
                huggingFace + "preprocessor_config.json",
                HuggingFaceConfig.preprocessor(model, pixels.mean(), pixels.deviation()));
    }

    private void safetensors(
            String role, String name, List<Tensor> tensors, Map<String, String> metadata)
            throws IOException {
        draft.write(role, name, out -> SafetensorsWriter.write(out, tensors, metadata));
    }

    private void bytes(String role, String name, byte[] bytes) throws IOException {
        draft.write(role, name, out -> out.write(ByteBuffer.wrap(bytes)));
    }
}
