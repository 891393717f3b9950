package io.maestream.app.command.train;

import io.maestream.app.LogFile;
import io.maestream.app.Payloads;
import io.maestream.app.Sections;
import io.maestream.app.broker.BrokerSettings;
import io.maestream.app.broker.EmbeddedBroker;
import io.maestream.app.command.base.CommandFailure;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.OptionKeys;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.demo.DemoDefaults;
import io.maestream.app.demo.DemoDisplay;
import io.maestream.app.demo.DemoPlan;
import io.maestream.app.demo.DemoRuntime;
import io.maestream.app.demo.DemoSource;
import io.maestream.app.demo.DemoSummary;
import io.maestream.app.demo.Screen;
import io.maestream.app.demo.ScreenAppender;
import io.maestream.app.demo.ServiceParts;
import io.maestream.trainer.dashboard.Dashboard.PortTaken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Everything in one process. */
@Command(
        name = "demo",
        description = {
            "Runs everything in one process: a broker, cameras, preparation and training, and shows"
                    + " what happens. It needs nothing else. Ctrl-C stops it in order; started"
                    + " again, it goes on from its last checkpoint.",
            ""
        },
        footer = {
            "",
            "Example: maestream demo --seconds 120",
            "Example: maestream demo --images ~/Pictures --data-dir /tmp/photos"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final double DEFAULT_DIRECTORY_RATE = 30;

    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where everything is kept (data.dir, .maestream by default).")
    private Path dataDir;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Train on the JPEG and PNG files of a directory, not on cameras.")
    private Path images;

    @Option(
            names = "--cameras",
            paramLabel = "N",
            description = "Simulated cameras (simulate.cameras, 3 by default).")
    private Integer cameras;

    @Option(
            names = "--fps",
            paramLabel = "N",
            description =
                    "Frames per second of each camera (simulate.frames.per.second, 20 by default),"
                            + " or images per second from --images (30 by default).")
    private Double fps;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Stop after this many further steps.")
    private Long steps;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Stop so many seconds after the first step.")
    private Long seconds;

    public DemoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        requirePositive("--steps", steps);
        requirePositive("--seconds", seconds);
        if (images != null && cameras != null) {
            throw usage("--images and --cameras exclude each other");
        }
        if (images != null && !Files.isDirectory(images)) {
            throw new CommandFailure(ExitCode.NOT_FOUND, "There is no directory " + images);
        }
        LoadedConfig config =
                common.load(
                        surroundings,
                        options(),
                        images == null ? DemoDefaults.CAMERAS : DemoDefaults.FOLDER);
        BrokerSettings settings = config.get(Sections.BROKER);
        Path log = LogFile.open(settings.dataDir(), config.get(Sections.LOG));
        Screen screen = new Screen(spec.commandLine().getOut(), surroundings.terminal());
        try (Dashboards dashboards = Dashboards.open(config, PortTaken.TAKE_ANOTHER)) {
            dashboards.line().ifPresent(screen::line);
            screen.line("Log in " + log);
            run(config, screen, dashboards);
        }
        return ExitCode.OK.status();
    }

    private void run(LoadedConfig config, Screen screen, Dashboards dashboards) throws IOException {
        DemoRuntime runtime =
                new DemoRuntime(
                        plan(config),
                        new DemoDisplay(screen, surroundings.terminal(), surroundings.columns()),
                        new EmbeddedBroker(config.get(Sections.BROKER)),
                        config.get(Sections.TOPICS));
        ServiceParts parts = parts(config, dashboards);
        surroundings
                .shutdown()
                .stoppable(
                        runtime::stop,
                        () ->
                                session(
                                        () -> runtime.run(config.get(Sections.KAFKA), parts),
                                        screen));
    }

    private static void session(Supplier<DemoSummary> session, Screen screen) {
        ScreenAppender warnings = ScreenAppender.open(screen);
        try {
            session.get().lines().forEach(screen::line);
        } finally {
            warnings.close();
        }
    }

    private Map<String, String> options() {
        Double cameraRate = images == null ? fps : null;
        return new OptionKeys()
                .with(BrokerSettings.DATA_DIR, dataDir)
                .with("simulate.cameras", cameras)
                .with("simulate.frames.per.second", cameraRate)
                .map();
    }

    private DemoPlan plan(LoadedConfig config) {
        return new DemoPlan(
                config.get(Sections.BROKER).dataDir(),
                Sections.runId(config),
                steps == null ? OptionalLong.empty() : OptionalLong.of(steps),
                Optional.ofNullable(seconds).map(Duration::ofSeconds));
    }

    private ServiceParts parts(LoadedConfig config, Dashboards dashboards) throws IOException {
        var services =
                new ServiceParts.Settings(
                        config.get(Sections.TOPICS),
                        config.get(Sections.PUBLISH),
                        Payloads.open(config),
                        config.get(Sections.PREPARE));
        return new ServiceParts(
                source(config),
                services,
                (kafka, untilStep) -> {
                    dashboards.connect(config, kafka);
                    return Trainings.open(config, kafka, untilStep, dashboards);
                });
    }

    private DemoSource source(LoadedConfig config) {
        double rate = fps == null ? DEFAULT_DIRECTORY_RATE : fps;
        return images == null
                ? new DemoSource.Cameras(config.get(Sections.SIMULATE))
                : new DemoSource.Directory(images, rate);
    }

    private void requirePositive(String option, Long value) {
        if (value != null && value < 1) {
            throw usage(option + " must be at least 1, not " + value);
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
