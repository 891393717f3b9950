package io.maestream.app.command.bench;

import ai.djl.Device;
import io.maestream.app.Sections;
import io.maestream.app.bench.MaskingReport;
import io.maestream.app.bench.Series;
import io.maestream.app.bench.StepBench;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.mae.Devices;
import io.maestream.mae.MaeSettings;
import io.maestream.mae.TrainStep;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what it is worth to keep mask tokens out of the encoder. */
@Command(
        name = "masking",
        description = {
            "Times whole steps of the same model twice, in turn: with mask tokens in the encoder,"
                    + " and with visible patches only, as Maestream trains.",
            ""
        },
        footer = {
            "",
            "Example: maestream bench masking --image 224 --patch 16 --encoder 256x24x4 --decoder"
                    + " 128x8x4 --batch 8"
        })
final class BenchMaskingCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Mixin private CommonOptions common;
    @Mixin private ReportOptions output;
    @Mixin private RoundOptions comparison = new RoundOptions(5);
    @Mixin private ModelOptions model;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Steps of each round (3 by default).")
    private int steps = 3;

    BenchMaskingCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        int rounds = comparison.rounds();
        var config = common.load(surroundings, model.keys());
        Device device = Devices.best();
        MaeSettings settings = ModelOptions.model(config, device);
        int images = config.get(Sections.TRAINER).training().batchSize();
        List<MaskingReport.Round> found = new ArrayList<>();
        try (StepBench visible = new StepBench(TrainStep.open(settings, device), images);
                StepBench all =
                        new StepBench(
                                TrainStep.openWithMaskTokensInEncoder(settings, device), images)) {
            for (int round = 0; round < rounds; round++) {
                double slow = new Series(all.time(steps)).median();
                double fast = new Series(visible.time(steps)).median();
                found.add(new MaskingReport.Round(slow, fast));
                output.tell(found.get(round).line());
            }
        }
        output.print(new MaskingReport(found));
        return ExitCode.OK.status();
    }
}
