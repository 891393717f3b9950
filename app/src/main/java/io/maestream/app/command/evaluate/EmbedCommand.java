package io.maestream.app.command.evaluate;

import io.maestream.app.Sections;
import io.maestream.app.command.base.CommandFailure;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.look.EmbeddingFile;
import io.maestream.app.look.ImageInputs;
import io.maestream.mae.Embeddings;
import io.maestream.mae.FrozenMae;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Embeds images with a checkpoint's encoder. */
@Command(
        name = "embed",
        description = {
            "Embeds images with a checkpoint's encoder, nothing hidden, and writes one row for each:"
                    + " the centre square of the image at the model's size. The checkpoint is"
                    + " verified first.",
            ""
        },
        footer = {"", "Example: maestream embed --out embeddings.npy photos/"})
final class EmbedCommand implements Callable<Integer> {
    private static final int BATCH = 32;

    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private LookOptions options;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description =
                    "Where to: .npy (numbers), .csv (names and numbers) or .safetensors (both).")
    private Path out;

    @Option(
            names = "--pool",
            paramLabel = "cls|mean",
            defaultValue = "mean",
            description = "The class token, or the mean over patches, which is the default.")
    private Pool pool;

    @Parameters(
            paramLabel = "IMAGE|DIR",
            arity = "1..*",
            description = "Image files, and directories of JPEG and PNG files.")
    private List<Path> inputs;

    /** Which of the encoder's outputs. */
    private enum Pool {
        CLS,
        MEAN;

        float[][] of(Embeddings both) {
            return this == CLS ? both.cls() : both.mean();
        }
    }

    EmbedCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        EmbeddingFile kind = kind();
        LoadedConfig config = options.load(surroundings);
        List<Path> files = ImageInputs.files(inputs);
        if (files.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.NOT_FOUND, "There is no JPEG or PNG file in " + inputs);
        }
        LookOptions.Verified checkpoint = options.verified(config);
        List<float[]> rows = rows(files, checkpoint, config);
        kind.write(out, files, rows);
        var screen = spec.commandLine().getOut();
        screen.println(
                "%s: %d images, %d numbers each (%s), by %s"
                        .formatted(
                                out,
                                rows.size(),
                                rows.get(0).length,
                                pool.name().toLowerCase(Locale.ROOT),
                                checkpoint.manifest().checkpointId()));
        screen.flush();
        return ExitCode.OK.status();
    }

    private List<float[]> rows(
            List<Path> files, LookOptions.Verified checkpoint, LoadedConfig config)
            throws IOException {
        ImageInputs images = new ImageInputs(config.get(Sections.PREPARE).prepare().images());
        List<float[]> rows = new ArrayList<>();
        try (FrozenMae mae = checkpoint.open()) {
            for (int from = 0; from < files.size(); from += BATCH) {
                List<Path> some = files.subList(from, Math.min(files.size(), from + BATCH));
                ByteBuffer pixels = images.pixels(some, checkpoint.images());
                rows.addAll(Arrays.asList(pool.of(mae.embed(pixels, some.size()))));
            }
        }
        return rows;
    }

    private EmbeddingFile kind() {
        try {
            return EmbeddingFile.of(out);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
        }
    }
}
