package io.maestream.app.command.bench;

import ai.djl.Device;
import io.maestream.app.Sections;
import io.maestream.app.bench.PipelineBench;
import io.maestream.app.bench.PipelineReport;
import io.maestream.app.bench.Scratch;
import io.maestream.app.bench.Series;
import io.maestream.app.bench.StepBench;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import io.maestream.mae.Devices;
import io.maestream.trainer.config.TrainerSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares the whole service with its steps alone. */
@Command(
        name = "pipeline",
        description = {
            "Trains on records that already lie in Kafka (an embedded broker in this process) and"
                    + " compares its images per second with those of train steps alone, in turn.",
            ""
        },
        footer = {"", "Example: maestream bench pipeline --preset tiny --steps 60"})
final class BenchPipelineCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;
    @Mixin private ModelOptions model;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Steps of each round (60 by default).")
    private int steps = 60;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            description =
                    "Steps of the service before those, not counted (100 by default): a service runs"
                            + " for days, and Java compiles during its first seconds.")
    private int warmup = 100;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often service and steps alone run in turn (3 by default).")
    private int rounds = 3;

    BenchPipelineCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.open()) {
            LoadedConfig config = common.load(surroundings, scratch.with(model.keys()));
            measure(config, scratch.directory());
            return ExitCode.OK.status();
        }
    }

    private void measure(LoadedConfig config, Path scratch)
            throws IOException, InterruptedException {
        Device device = Devices.best();
        var mae = ModelOptions.model(config, device);
        TrainerSettings settings = config.get(Sections.TRAINER).at(mae.precision());
        int images = settings.training().batchSize();
        List<Double> ratios = new ArrayList<>();
        PrintWriter out = spec.commandLine().getOut();
        try (StepBench alone = new StepBench(mae, images, device)) {
            for (int round = 0; round < rounds; round++) {
                Path directory = scratch.resolve("round-" + round);
                PipelineReport found =
                        new PipelineBench(directory, config.get(Sections.TOPICS))
                                .run(settings.named("bench-" + round), warmup, steps);
                double stepOnly = images * 1e3 / new Series(alone.time(steps)).median();
                ratios.add(found.imagesPerSecond() / stepOnly);
                out.println(line(found, stepOnly));
                out.flush();
            }
        }
        out.printf(
                Locale.ROOT,
                "service to steps alone: median %.3f of %d rounds%n",
                new Series(ratios).median(),
                rounds);
        out.flush();
    }

    private static String line(PipelineReport found, double stepOnly) {
        return String.format(
                Locale.ROOT,
                "service %.1f images/s (its steps %.1f), steps alone %.1f images/s: %.3f;"
                        + " data wait %.1f %% of the time, %d steps",
                found.imagesPerSecond(),
                found.stepImagesPerSecond(),
                stepOnly,
                found.imagesPerSecond() / stepOnly,
                100 * found.dataWaitShare(),
                found.steps());
    }
}
