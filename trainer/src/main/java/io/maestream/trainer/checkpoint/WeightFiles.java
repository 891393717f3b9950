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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * One set of weights as all the files that others open. The averaged weights, where a run keeps
 * them, are another set in a folder of its own.
 */
final class WeightFiles {

    static final String MODEL = "model.safetensors";
    static final String ENCODER = "encoder/model.safetensors";

    /** DJL opens {@code NAME.pt} in a directory as the model NAME. */
    static final String ARCHIVE = "encoder/encoder.pt";

    private static final String HUGGING_FACE = "encoder/hf/";

    private final CheckpointDraft draft;
    private final ModelDescription model;
    private final Map<String, String> metadata;

    /**
     * @param metadata of every safetensors file
     */
    WeightFiles(CheckpointDraft draft, ModelDescription model, Map<String, String> metadata) {
        this.draft = draft;
        this.model = model;
        this.metadata = metadata;
    }

    /** The trained weights. */
    void write(List<NamedTensor> weights) throws IOException {
        write("", "", weights);
    }

    /** The exponential moving average of the weights, in {@code ema/}, roles {@code ema-…}. */
    void writeAverage(List<NamedTensor> weights) throws IOException {
        write("ema/", "ema-", weights);
    }

    private void write(String folder, String role, List<NamedTensor> weights) throws IOException {
        List<Tensor> all = weights.stream().map(Tensors::of).toList();
        List<Tensor> encoder =
                all.stream().filter(tensor -> TensorNames.isEncoder(tensor.name())).toList();
        safetensors(role + "encoder", folder + ENCODER, encoder);
        safetensors(role + "model", folder + MODEL, all);
        draft.write(
                role + "encoder-torchscript",
                folder + ARCHIVE,
                out -> EncoderArchive.write(out, Shapes.of(model), weights));
        huggingFace(role + "encoder-hf", folder + HUGGING_FACE, all);
    }

    private void huggingFace(String role, String folder, List<Tensor> all) throws IOException {
        PixelStatistics pixels = PixelStatistics.of(model.channels());
        safetensors(role, folder + MODEL, HuggingFaceNames.of(all));
        bytes(role, folder + "config.json", HuggingFaceConfig.model(model));
        bytes(
                role,
                folder + "preprocessor_config.json",
                HuggingFaceConfig.preprocessor(model, pixels.mean(), pixels.deviation()));
    }

    private void safetensors(String role, String name, List<Tensor> tensors) throws IOException {
        draft.write(role, name, out -> SafetensorsWriter.write(out, tensors, metadata));
    }

    private void bytes(String role, String name, byte[] bytes) throws IOException {
        draft.write(role, name, out -> out.write(ByteBuffer.wrap(bytes)));
    }
}
