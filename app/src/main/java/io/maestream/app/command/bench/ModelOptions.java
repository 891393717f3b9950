package io.maestream.app.command.bench;

import ai.djl.Device;
import io.maestream.app.Sections;
import io.maestream.app.command.base.OptionKeys;
import io.maestream.app.config.LoadedConfig;
import io.maestream.mae.MaeSettings;
import io.maestream.mae.Precision;
import io.maestream.mae.PrecisionProbe;
import io.maestream.trainer.config.TrainerSettings;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say which model is measured. */
final class ModelOptions {
    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "tiny, small, base or large (model.preset).")
    private String preset;

    @Option(names = "--image", paramLabel = "N", description = "Image size (model.image.size).")
    private Integer image;

    @Option(names = "--patch", paramLabel = "N", description = "Patch size (model.patch.size).")
    private Integer patch;

    @Option(
            names = "--encoder",
            paramLabel = "DxLxH",
            description = "Width, depth, heads of the encoder (model.encoder).")
    private String encoder;

    @Option(
            names = "--decoder",
            paramLabel = "DxLxH",
            description = "Width, depth, heads of the decoder (model.decoder).")
    private String decoder;

    @Option(names = "--batch", paramLabel = "N", description = "Batch (train.batch.size).")
    private Integer batch;

    @Option(
            names = "--precision",
            paramLabel = "P",
            description = "fp32, bf16 or auto (train.precision).")
    private String precision;

    /** The keys that were given. */
    Map<String, String> keys() {
        return new OptionKeys()
                .with("model.preset", preset)
                .with("model.image.size", image)
                .with("model.patch.size", patch)
                .with("model.encoder", encoder)
                .with("model.decoder", decoder)
                .with("train.batch.size", batch)
                .with("train.precision", precision)
                .map();
    }

    /** The model as configured; without a precision, the faster one. */
    static MaeSettings model(LoadedConfig config, Device device) {
        TrainerSettings trainer = config.get(Sections.TRAINER);
        Precision chosen =
                trainer.training()
                        .precision()
                        .orElseGet(
                                () -> PrecisionProbe.choose(trainer.mae(Precision.FP32), device));
        return trainer.mae(chosen);
    }
}
