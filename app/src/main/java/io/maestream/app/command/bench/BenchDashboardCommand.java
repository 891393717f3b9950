package io.maestream.app.command.bench;

import ai.djl.Device;
import io.maestream.app.Sections;
import io.maestream.app.bench.DashboardBench;
import io.maestream.app.bench.StepBench;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import io.maestream.mae.Devices;
import io.maestream.trainer.dashboard.Dashboard;
import io.maestream.trainer.dashboard.Dashboard.PortTaken;
import io.maestream.trainer.dashboard.DashboardSettings;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what open pages of the dashboard cost training. */
@Command(
        name = "dashboard",
        description = {
            "Makes real train steps and tells them to a dashboard, in blocks with open pages and"
                    + " without in turn, and prints the ratio of their times pair by pair. The"
                    + " pages read on this machine too, which counts against them.",
            ""
        },
        footer = {"", "Example: maestream bench dashboard --pages 50"})
final class BenchDashboardCommand implements Callable<Integer> {
    private static final String HOST = "127.0.0.1";

    private final Surroundings surroundings;
    @Mixin private CommonOptions common;
    @Mixin private ReportOptions output;
    @Mixin private ModelOptions model;

    @Option(names = "--pages", paramLabel = "N", description = "Open pages (50 by default).")
    private int pages = 50;

    @Option(names = "--pairs", paramLabel = "N", description = "Pairs of blocks (8 by default).")
    private int pairs = 8;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Steps of each block (20 by default).")
    private int steps = 20;

    BenchDashboardCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        LoadedConfig config = common.load(surroundings, model.keys());
        Device device = Devices.best();
        int images = config.get(Sections.TRAINER).training().batchSize();
        DashboardSettings anyPort =
                new DashboardSettings(HOST, 0, Optional.empty(), Optional.empty());
        try (StepBench bench = new StepBench(ModelOptions.model(config, device), images, device);
                Dashboard dashboard =
                        Dashboard.open(anyPort, PortTaken.FAIL, "bench", Clock.systemUTC())) {
            output.print(new DashboardBench(bench, dashboard, images).measure(pages, pairs, steps));
        }
        return ExitCode.OK.status();
    }
}
