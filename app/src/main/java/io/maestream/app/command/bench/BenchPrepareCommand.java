package io.maestream.app.command.bench;

import io.maestream.app.Sections;
import io.maestream.app.bench.PreparationBench;
import io.maestream.app.bench.PreparationReport;
import io.maestream.app.bench.Scratch;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares preparation with the picture library alone. */
@Command(
        name = "prepare",
        description = {
            "Prepares images through Kafka (an embedded broker in this process) and compares its"
                    + " images per second of processor time with those of OpenCV's decode, resize"
                    + " and encode alone, in turn.",
            ""
        },
        footer = {"", "Example: maestream bench prepare --images ./photos --rounds 5"})
final class BenchPrepareCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;
    @Mixin private ReportOptions output;
    @Mixin private RoundOptions comparison = new RoundOptions(5);

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "JPEG files to prepare; frames of simulated cameras by default.")
    private Path images;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Images of each round (600 by default).")
    private int count = 600;

    BenchPrepareCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (count < 1) {
            throw new ParameterException(spec.commandLine(), "--count must be at least 1");
        }
        output.print(measure(comparison.rounds()));
        return ExitCode.OK.status();
    }

    private PreparationReport measure(int rounds) throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.open()) {
            Map<String, String> own =
                    Map.of(
                            "prepare.state.dir",
                            scratch.directory() + "/streams",
                            // All are compared, none is dropped.
                            "prepare.similar.bits",
                            "-1");
            LoadedConfig config = common.load(surroundings, own);
            return new PreparationBench(
                            scratch.directory(),
                            config.get(Sections.TOPICS),
                            config.get(Sections.PREPARE))
                    .run(Optional.ofNullable(images), count, rounds);
        }
    }
}
