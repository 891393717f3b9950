package io.maestream.checkpoints.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maestream.checkpoints.ModelDescription;
import java.io.IOException;
import java.util.List;

/** The two JSON files that Hugging Face's loaders read beside the weights. */
public final class HuggingFaceConfig {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final int MLP_RATIO = 4;
    private static final double NORM_EPSILON = 1e-6;

    /** PIL's number for bicubic. */
    private static final int BICUBIC = 3;

    private HuggingFaceConfig() {}

    /** {@code config.json} of a {@code ViTMAEForPreTraining}. */
    public static byte[] model(ModelDescription model) throws IOException {
        ObjectNode config = JSON.createObjectNode();
        config.putArray("architectures").add("ViTMAEForPreTraining");
        config.put("model_type", "vit_mae");
        config.put("image_size", model.imageSize());
        config.put("patch_size", model.patchSize());
        config.put("num_channels", model.channels());
        config.put("hidden_size", model.encoderDim());
        config.put("num_hidden_layers", model.encoderDepth());
        config.put("num_attention_heads", model.encoderHeads());
        config.put("intermediate_size", MLP_RATIO * model.encoderDim());
        config.put("decoder_hidden_size", model.decoderDim());
        config.put("decoder_num_hidden_layers", model.decoderDepth());
        config.put("decoder_num_attention_heads", model.decoderHeads());
        config.put("decoder_intermediate_size", MLP_RATIO * model.decoderDim());
        config.put("mask_ratio", model.maskRatio());
        config.put("norm_pix_loss", model.normPix());
        config.put("qkv_bias", true);
        config.put("hidden_act", "gelu");
        config.put("hidden_dropout_prob", 0.0);
        config.put("attention_probs_dropout_prob", 0.0);
        config.put("initializer_range", 0.02);
        config.put("layer_norm_eps", NORM_EPSILON);
        config.put("torch_dtype", "float32");
        return JSON.writeValueAsBytes(config);
    }

    /**
     * {@code preprocessor_config.json} of a {@code ViTImageProcessor}.
     *
     * @param mean of each channel, for pixels in 0..1
     * @param deviation of each channel
     */
    public static byte[] preprocessor(
            ModelDescription model, List<Double> mean, List<Double> deviation) throws IOException {
        ObjectNode config = JSON.createObjectNode();
        config.put("image_processor_type", "ViTImageProcessor");
        config.put("feature_extractor_type", "ViTFeatureExtractor");
        config.put("do_resize", true);
        config.putObject("size").put("height", model.imageSize()).put("width", model.imageSize());
        config.put("resample", BICUBIC);
        config.put("do_rescale", true);
        config.put("rescale_factor", 1 / 255.0);
        config.put("do_normalize", true);
        config.set("image_mean", JSON.valueToTree(mean));
        config.set("image_std", JSON.valueToTree(deviation));
        return JSON.writeValueAsBytes(config);
    }
}
