package io.maestream.app.command.status;

import io.maestream.app.command.base.BrokerOptions;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.status.Colours;
import io.maestream.app.status.Status;
import io.maestream.app.status.StatusJson;
import io.maestream.app.status.StatusReader;
import io.maestream.schemas.topic.Topics;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows everything on one screen. */
@Command(
        name = "status",
        description = {
            "Shows on one screen what every run does (step, loss, speed, lag, trainers, last"
                    + " checkpoint and its score), what arrives from every source, and what was"
                    + " rejected. It reads the newest records only and disturbs nobody.",
            ""
        },
        footer = {
            "",
            "Example: maestream status --watch",
            "Example: maestream status --run default --json | jq '.runs[0].loss'"
        })
final class StatusCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(StatusCommand.class);

    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;
    @Mixin private BrokerOptions broker;

    @Option(
            names = "--watch",
            paramLabel = "SECONDS",
            arity = "0..1",
            fallbackValue = "2",
            description = "Show it again and again until Ctrl-C, every 2 seconds by default.")
    private Double watch;

    @Option(names = "--run", paramLabel = "ID", description = "Only this run.")
    private String run;

    @Option(names = "--json", description = "One JSON object, or one a line with --watch.")
    private boolean json;

    StatusCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (watch != null && !(watch >= 0.1 && watch <= 3600)) {
            throw new ParameterException(spec.commandLine(), "--watch: 0.1 to 3600 seconds");
        }
        LoadedConfig config = common.loadAndLog(surroundings, broker.keys().map());
        var clients =
                BrokerOptions.connect(
                        config,
                        Topics.IMAGES_PREPARED,
                        Topics.IMAGES_REJECTED,
                        Topics.SOURCES_STATUS,
                        Topics.TRAINING_METRICS,
                        Topics.CHECKPOINTS_LATEST,
                        Topics.CHECKPOINTS_EVALUATED);
        try (StatusReader reader = new StatusReader(clients, Clock.systemUTC())) {
            surroundings.shutdown().stoppable(reader::stop, () -> show(reader));
        }
        return ExitCode.OK.status();
    }

    private void show(StatusReader reader) {
        try {
            if (watch == null) {
                print(reader);
            } else if (json || !surroundings.terminal()) {
                printAgainAndAgain(reader);
            } else {
                draw(reader);
            }
        } catch (WakeupException e) {
            // Stopped while it read.
            LOG.debug("stopped", e);
        }
    }

    private void print(StatusReader reader) {
        PrintWriter out = spec.commandLine().getOut();
        lines(reader).forEach(out::println);
        out.flush();
    }

    private void printAgainAndAgain(StatusReader reader) {
        do {
            print(reader);
            if (!json) {
                spec.commandLine().getOut().println();
            }
        } while (goesOn());
    }

    private void draw(StatusReader reader) {
        PrintWriter out = spec.commandLine().getOut();
        try (WatchedScreen screen = new WatchedScreen(out, Surroundings.rows())) {
            do {
                screen.draw(linesOrWhyNot(reader));
            } while (goesOn());
        }
    }

    /** Waits for the next frame; false if there is to be none. */
    private boolean goesOn() {
        try {
            return !surroundings.shutdown().await(Duration.ofMillis(Math.round(watch * 1000)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private List<String> lines(StatusReader reader) {
        Status status = reader.read().only(Optional.ofNullable(run));
        return json
                ? List.of(StatusJson.of(status).toString())
                : screen(surroundings.columns()).lines(status);
    }

    /** Who watches goes on watching while the brokers are away. */
    private List<String> linesOrWhyNot(StatusReader reader) {
        try {
            return lines(reader);
        } catch (RetriableException e) {
            return List.of("No broker answers: " + e.getMessage(), "They are asked again");
        }
    }

    private StatusScreen screen(int columns) {
        String none = surroundings.variables().getOrDefault("NO_COLOR", "");
        boolean coloured = surroundings.terminal() && none.isEmpty();
        return new StatusScreen(new Colours(coloured), columns, Optional.ofNullable(run));
    }
}
