package io.maestream.app.command.bench;

import ai.djl.Device;
import io.maestream.app.Sections;
import io.maestream.app.bench.CheckpointReport;
import io.maestream.app.bench.PipelineBench;
import io.maestream.app.bench.Scratch;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import io.maestream.mae.Devices;
import io.maestream.trainer.config.TrainerSettings;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how long steps pause for a checkpoint. */
@Command(
        name = "checkpoint",
        description = {
            "Trains on records that already lie in Kafka (an embedded broker in this process), takes"
                    + " checkpoints one after the other, and prints how long the steps paused for"
                    + " each, beside how long a step takes.",
            ""
        },
        footer = {"", "Example: maestream bench checkpoint --preset tiny --checkpoints 20"})
final class BenchCheckpointCommand implements Callable<Integer> {
    private static final int MOST_STEPS_EACH = 20;

    private final Surroundings surroundings;
    @Mixin private CommonOptions common;
    @Mixin private ReportOptions output;
    @Mixin private ModelOptions model;

    @Option(
            names = "--checkpoints",
            paramLabel = "N",
            description = "How many checkpoints (20 by default).")
    private int checkpoints = 20;

    @Option(
            names = "--steps-between",
            paramLabel = "N",
            description = "Steps from one to the next, or more while one is written (2).")
    private int stepsBetween = 2;

    BenchCheckpointCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.open()) {
            LoadedConfig config = common.load(surroundings, keys(scratch));
            Device device = Devices.best();
            TrainerSettings settings =
                    config.get(Sections.TRAINER)
                            .at(ModelOptions.model(config, device).precision())
                            .withCheckpointEvery(stepsBetween);
            CheckpointReport report =
                    new PipelineBench(scratch.directory(), config.get(Sections.TOPICS))
                            .checkpoints(
                                    settings,
                                    checkpoints,
                                    checkpoints * Math.max(stepsBetween, MOST_STEPS_EACH));
            output.print(report);
            return ExitCode.OK.status();
        }
    }

    /** What was measured is deleted: twenty checkpoints can fill a disk. */
    private Map<String, String> keys(Scratch scratch) {
        Map<String, String> keys = new HashMap<>(scratch.with(model.keys()));
        keys.put("checkpoint.keep", "2");
        keys.put("checkpoint.grace.seconds", "0");
        return keys;
    }
}
