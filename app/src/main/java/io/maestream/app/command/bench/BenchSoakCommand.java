package io.maestream.app.command.bench;

import io.maestream.app.Sections;
import io.maestream.app.bench.PipelineBench;
import io.maestream.app.bench.Scratch;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import io.maestream.mae.Devices;
import io.maestream.trainer.config.TrainerSettings;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows whether memory stays flat. */
@Command(
        name = "soak",
        description = {
            "Trains thousands of steps through the whole service on an embedded broker in this"
                    + " process and prints how resident memory grew per 1,000 steps.",
            ""
        },
        footer = {"", "Example: maestream bench soak --batch 8 --steps 3000"})
final class BenchSoakCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Mixin private CommonOptions common;
    @Mixin private ReportOptions output;
    @Mixin private ModelOptions model;

    @Option(names = "--steps", paramLabel = "N", description = "Steps (3000 by default).")
    private int steps = 3000;

    BenchSoakCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.open()) {
            LoadedConfig config = common.load(surroundings, scratch.with(model.keys()));
            TrainerSettings settings =
                    config.get(Sections.TRAINER)
                            .at(ModelOptions.model(config, Devices.best()).precision());
            output.print(
                    new PipelineBench(scratch.directory(), config.get(Sections.TOPICS))
                            .soak(settings, steps));
            return ExitCode.OK.status();
        }
    }
}
