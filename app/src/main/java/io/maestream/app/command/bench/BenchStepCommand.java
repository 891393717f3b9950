package io.maestream.app.command.bench;

import ai.djl.Device;
import io.maestream.app.Sections;
import io.maestream.app.bench.PeerCommand;
import io.maestream.app.bench.ResidentMemory;
import io.maestream.app.bench.Series;
import io.maestream.app.bench.StepBench;
import io.maestream.app.bench.StepReport;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import io.maestream.mae.Devices;
import io.maestream.mae.MaeSettings;
import io.maestream.mae.MatmulRoofline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Times whole train steps. */
@Command(
        name = "step",
        description = {
            "Times whole train steps (forward, backward, clip, update) and measures, in the same"
                    + " process, how long their matrix products take alone. With --compare it"
                    + " alternates with another program and prints the ratio pair by pair.",
            ""
        },
        footer = {"", "Example: maestream bench step --preset small --batch 16 --precision bf16"})
final class BenchStepCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Mixin private CommonOptions common;
    @Mixin private ReportOptions output;
    @Mixin private ModelOptions model;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Steps to time, of each pair if there are pairs (12 by default).")
    private int steps = 12;

    @Option(
            names = "--compare",
            paramLabel = "COMMAND",
            description = "A program that prints 'images_per_s NUMBER'; it runs in turn with ours.")
    private String compare;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            description = "How often both run in turn (7 by default).")
    private int pairs = 7;

    BenchStepCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        LoadedConfig config = common.load(surroundings, model.keys());
        Device device = Devices.best();
        StepReport report = measure(ModelOptions.model(config, device), images(config), device);
        output.print(report);
        return ExitCode.OK.status();
    }

    private static int images(LoadedConfig config) {
        return config.get(Sections.TRAINER).training().batchSize();
    }

    private StepReport measure(MaeSettings settings, int images, Device device)
            throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        try (StepBench bench = new StepBench(settings, images, device)) {
            for (int pair = 0; pair < (compare == null ? 1 : pairs); pair++) {
                List<Double> ours = bench.time(steps);
                millis.addAll(ours);
                if (compare != null) {
                    double mean = ours.stream().mapToDouble(m -> m).average().orElseThrow();
                    double peer = new PeerCommand(compare).imagesPerSecond();
                    ratios.add(images * 1e3 / mean / peer);
                }
            }
        }
        return new StepReport(
                settings,
                images,
                new Series(millis),
                MatmulRoofline.measureMillis(settings, images, device),
                ResidentMemory.peakMebibytes(),
                ratios.isEmpty() ? Optional.empty() : Optional.of(new Series(ratios)));
    }
}
