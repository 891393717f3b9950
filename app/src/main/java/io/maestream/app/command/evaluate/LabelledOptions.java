package io.maestream.app.command.evaluate;

import ai.djl.Device;
import io.maestream.app.Sections;
import io.maestream.app.command.base.CommandFailure;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Shutdown;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.evaluate.EvaluationSets;
import io.maestream.app.evaluate.LabelledFiles;
import io.maestream.app.look.ImageInputs;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The labelled images that encoders are scored on. */
final class LabelledOptions {
    @Option(
            names = "--train",
            required = true,
            paramLabel = "FILE|DIR",
            description =
                    "Training images: a .zip, .tar or .tgz file or a directory in which an image's"
                            + " folder has the name of its class, or a …-images-idx3-ubyte.gz file"
                            + " with its labels beside it.")
    private Path train;

    @Option(
            names = "--test",
            required = true,
            paramLabel = "FILE|DIR",
            description = "Test images, likewise.")
    private Path test;

    @Option(
            names = "--limit-train",
            paramLabel = "N",
            defaultValue = "2147483647",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
            description = "No more training images than this; the same ones every time.")
    private int limitTrain;

    @Option(
            names = "--limit-test",
            paramLabel = "N",
            defaultValue = "2147483647",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
            description = "No more test images than this; the same ones every time.")
    private int limitTest;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the linear probe's order of images, and of an untrained encoder.")
    private long seed;

    /** The test images' name without its endings: what scores are named by. */
    String name() {
        String file = String.valueOf(test.toAbsolutePath().normalize().getFileName());
        return file.replaceAll("\\..*", "");
    }

    long seed() {
        return seed;
    }

    /** The names of all images; pixels are read later. */
    EvaluationSets open(LoadedConfig config, Device device, Shutdown shutdown)
            throws IOException, InterruptedException {
        if (limitTrain < 1 || limitTest < 1) {
            throw new CommandFailure(ExitCode.USAGE, "A limit must be at least 1");
        }
        ImageInputs inputs = new ImageInputs(config.get(Sections.PREPARE).prepare().images());
        try {
            return new EvaluationSets(
                    LabelledFiles.open(train, limitTrain, inputs),
                    LabelledFiles.open(test, limitTest, inputs),
                    seed,
                    device,
                    shutdown::isRequested);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
        }
    }
}
