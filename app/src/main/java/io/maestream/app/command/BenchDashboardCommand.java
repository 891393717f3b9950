package io.maestream.app.command;

import ai.djl.Device;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maestream.app.Sections;
import io.maestream.app.bench.DashboardBench;
import io.maestream.app.bench.StepBench;
import io.maestream.app.config.LoadedConfig;
import io.maestream.mae.Devices;
import io.maestream.trainer.dashboard.Dashboard;
import io.maestream.trainer.dashboard.Dashboard.PortTaken;
import io.maestream.trainer.dashboard.DashboardSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;
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

    @Option(names = "--json", description = "One JSON object instead of lines.")
    private boolean json;

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
            print(new DashboardBench(bench, dashboard, images).measure(pages, pairs, steps));
        }
        return ExitCode.OK.status();
    }

    private void print(DashboardBench.Result result) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? json(result) : text(result));
        out.flush();
    }

    private String text(DashboardBench.Result result) {
        StringBuilder each = new StringBuilder();
        result.ratios().values().forEach(r -> each.append(String.format(Locale.ROOT, " %.4f", r)));
        return String.format(
                Locale.ROOT,
                "step without pages: median %.1f ms%n"
                        + "with %d pages to without, pair by pair:%s; median %.4f%n"
                        + "sent to all pages: %.1f kB/s",
                result.stepMillis().median(),
                pages,
                each,
                result.ratios().median(),
                result.bytesPerSecond() / 1e3);
    }

    private String json(DashboardBench.Result result) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("pages", pages);
        node.put("stepMillis", result.stepMillis().median());
        node.put("medianRatio", result.ratios().median());
        node.put("bytesPerSecond", result.bytesPerSecond());
        result.ratios().values().forEach(node.putArray("ratios")::add);
        return node.toString();
    }
}
