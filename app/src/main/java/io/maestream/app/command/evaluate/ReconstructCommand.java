package io.maestream.app.command.evaluate;

import io.maestream.app.Sections;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.look.ImageInputs;
import io.maestream.app.look.PredictionDump;
import io.maestream.mae.FrozenMae;
import io.maestream.mae.ImageBatch;
import io.maestream.mae.MaskedPrediction;
import io.maestream.trainer.report.PanelPainter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a checkpoint's model makes of an image. */
@Command(
        name = "reconstruct",
        description = {
            "Hides patches of an image, as many as in training, and draws what a checkpoint's model"
                    + " makes of the rest; with --dump also all arrays from which the loss can be"
                    + " computed again elsewhere, in float32.",
            ""
        },
        footer = {
            "",
            "Example: maestream reconstruct --image photo.jpg --out photo.png",
            "The dump holds patches (1, L, p*p*C; normalised by mean and deviation, values in the"
                    + " order row, column, channel), ids_keep (1, keep) and ids_restore (1, L)"
                    + " int64, mask (1, L; 1 is hidden), prediction (1, L, p*p*C) and loss."
        })
final class ReconstructCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private LookOptions options;

    @Option(
            names = "--image",
            required = true,
            paramLabel = "FILE",
            description = "A JPEG or PNG; its centre square is taken.")
    private Path image;

    @Option(names = "--out", required = true, paramLabel = "PNG", description = "The picture.")
    private Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Decides which patches are hidden; 0 by default.")
    private long seed;

    @Option(
            names = "--dump",
            paramLabel = "F.safetensors",
            description = "Patches, mask, prediction and loss as a safetensors file.")
    private Path dump;

    ReconstructCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        LoadedConfig config = options.load(surroundings);
        List<Path> files = ImageInputs.files(List.of(image));
        LookOptions.Verified checkpoint = options.verified(config);
        ImageInputs images = new ImageInputs(config.get(Sections.PREPARE).prepare().images());
        ImageBatch batch =
                new ImageBatch(images.pixels(files, checkpoint.images()), 1, new long[] {seed});
        try (FrozenMae mae = checkpoint.open()) {
            MaskedPrediction prediction = mae.predict(batch);
            byte[] png = new PanelPainter().png(mae.reconstruct(batch));
            Files.createDirectories(out.toAbsolutePath().getParent());
            Files.write(out, png);
            if (dump != null) {
                PredictionDump.write(
                        dump,
                        prediction,
                        checkpoint.model(),
                        Map.of("checkpoint", checkpoint.manifest().checkpointId()));
            }
            report(checkpoint, prediction);
        }
        return ExitCode.OK.status();
    }

    private void report(LookOptions.Verified checkpoint, MaskedPrediction prediction) {
        var screen = spec.commandLine().getOut();
        screen.println(
                "%s: loss %.6f over %d hidden of %d patches, by %s"
                        .formatted(
                                out,
                                prediction.loss(),
                                prediction.mask().length - prediction.visible().length,
                                prediction.mask().length,
                                checkpoint.manifest().checkpointId()));
        screen.flush();
    }
}
