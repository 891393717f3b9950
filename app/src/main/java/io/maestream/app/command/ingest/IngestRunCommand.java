package io.maestream.app.command.ingest;

import io.maestream.app.Sections;
import io.maestream.app.command.base.BrokerOptions;
import io.maestream.app.command.base.CommandFailure;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Monitors;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.source.SourceOpeners;
import io.maestream.app.source.SourceSettings;
import io.maestream.app.source.SourceType;
import io.maestream.ingest.publish.PublishException;
import io.maestream.ingest.publish.PublishObserver;
import io.maestream.ingest.publish.SourceFleet;
import io.maestream.ingest.source.SourceObserver;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Publishes all the sources that are configured. */
@Command(
        name = "run",
        description = {
            "Publishes all the sources in the configuration, in one process, until they end or"
                    + " Ctrl-C. One that fails does not stop the others.",
            ""
        },
        footer = {
            "",
            "Example: maestream ingest run --config sources.properties",
            "with lines such as",
            "  source.gate.type=camera",
            "  source.gate.uri=rtsp://10.0.0.7/live",
            "  source.inbox.type=watch",
            "  source.inbox.path=/srv/inbox"
        })
final class IngestRunCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;
    @Mixin private BrokerOptions broker;

    IngestRunCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        LoadedConfig config = common.loadAndLog(surroundings, broker.keys().map());
        List<SourceSettings> sources = config.get(Sections.SOURCES).sources();
        if (sources.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.BAD_CONFIGURATION,
                    "No source is configured. Set source.NAME.type and what goes with it, in a"
                            + " file for --config");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Monitors monitors = Monitors.open(config, out)) {
            publish(sources, config, monitors);
        }
        return ExitCode.OK.status();
    }

    private void publish(List<SourceSettings> sources, LoadedConfig config, Monitors monitors)
            throws InterruptedException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        boolean takesUploads =
                sources.stream().anyMatch(source -> source.type() == SourceType.HTTP);
        List<SourceSettings> read =
                sources.stream().filter(source -> source.type() != SourceType.HTTP).toList();
        SourceFleet fleet = fleet(read, config, monitors);
        Optional<Uploads> uploads =
                takesUploads ? Optional.of(Uploads.start(config, monitors, out)) : Optional.empty();
        surroundings
                .shutdown()
                .stoppable(
                        () -> {
                            uploads.ifPresent(Uploads::stop);
                            fleet.stop();
                        },
                        () -> run(fleet, uploads));
    }

    private SourceFleet fleet(List<SourceSettings> sources, LoadedConfig config, Monitors monitors)
            throws InterruptedException, IOException {
        SourceObserver observer = monitors.sources();
        SourceOpeners openers = Publishing.openers(config, observer);
        PublishObserver publishing =
                monitors.publishing(Publishing.printing(spec.commandLine().getOut()));
        return new SourceFleet(
                sources.stream().map(openers::member).toList(),
                Publishing.publisher(config, monitors, publishing),
                new SourceFleet.Observers(publishing, observer));
    }

    /** The others are done when the sources have ended; uploads go on until they are stopped. */
    private static void run(SourceFleet fleet, Optional<Uploads> uploads) {
        try {
            Map<String, Exception> failed = fleet.run();
            uploads.ifPresent(Uploads::runUntilStopped);
            report(failed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (PublishException e) {
            // Uploads could not be published either.
            uploads.ifPresent(Uploads::stop);
            uploads.ifPresent(Uploads::runUntilStopped);
            throw e;
        }
    }

    private static void report(Map<String, Exception> failed) {
        if (!failed.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.UNEXPECTED,
                    failed.entrySet().stream()
                            .map(f -> "Source " + f.getKey() + ": " + f.getValue().getMessage())
                            .sorted()
                            .collect(Collectors.joining("; ")));
        }
    }
}
