package io.maestream.app.command.train;

import io.maestream.app.Sections;
import io.maestream.app.command.base.BrokerOptions;
import io.maestream.app.command.base.CommandFailure;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.tail.AwaitedCheckpoint;
import io.maestream.app.tail.CheckpointText;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CommandKind;
import io.maestream.schemas.TrainerCommand;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.trainer.command.CommandSender;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks a run's trainer to do something, and can wait for the checkpoint that comes of it. */
@Command(
        name = "command",
        description = {
            "Asks the active trainer of a run to take a checkpoint, to make a release (anneal on a"
                    + " branch, publish, go on from the plateau), to pause, to resume or to stop. It"
                    + " obeys at its next step boundary; who is not training now never obeys.",
            ""
        },
        footer = {
            "",
            "Example: maestream command checkpoint --reason \"before the fair\" --wait",
            "Example: maestream command release --run cameras --wait 1800",
            "Example: maestream command pause && maestream command resume"
        })
final class SendCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;
    @Mixin private BrokerOptions broker;

    @Parameters(paramLabel = "WHAT", description = "checkpoint, release, pause, resume or stop.")
    private What what;

    @Option(names = "--run", paramLabel = "ID", description = "Name of the run (run.id).")
    private String run;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "asked on the command line",
            description = "Why; stands in the log and in the checkpoint's event.")
    private String reason;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            arity = "0..1",
            fallbackValue = "0",
            description =
                    "Wait for the checkpoint, and print it; without a number 60 s, for a release"
                            + " 600 s. Exit code 13 if none comes.")
    private Long wait;

    @Option(
            names = "--json",
            description = "The command, and the event that it waited for, each a line of JSON.")
    private boolean json;

    SendCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** What can be asked, and how long its checkpoint is usually waited for. */
    private enum What {
        CHECKPOINT(CommandKind.CHECKPOINT, 60),
        RELEASE(CommandKind.RELEASE, 600),
        PAUSE(CommandKind.PAUSE, 0),
        RESUME(CommandKind.RESUME, 0),
        STOP(CommandKind.STOP, 60);

        private final CommandKind kind;
        private final long patience;

        What(CommandKind kind, long patience) {
            this.kind = kind;
            this.patience = patience;
        }

        boolean leavesACheckpoint() {
            return patience > 0;
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        requireSense();
        LoadedConfig config =
                common.loadAndLog(surroundings, broker.keys().with("run.id", run).map());
        KafkaClients clients =
                BrokerOptions.connect(config, Topics.TRAINING_COMMANDS, Topics.CHECKPOINTS);
        try (CommandSender sender = new CommandSender(clients, Clock.systemUTC())) {
            if (wait == null) {
                send(sender, config);
            } else {
                sendAndWait(sender, config, clients);
            }
        }
        return ExitCode.OK.status();
    }

    private void requireSense() {
        if (wait != null && !what.leavesACheckpoint()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--wait waits for a checkpoint, and none comes of " + word());
        }
        if (wait != null && wait < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--wait must not be negative, it is " + wait);
        }
    }

    private TrainerCommand send(CommandSender sender, LoadedConfig config) {
        TrainerCommand sent = sender.send(Sections.runId(config), what.kind, reason);
        print(
                json
                        ? sent.toString()
                        : "command %s sent to run %s: %s"
                                .formatted(sent.getCommandId(), sent.getRunId(), word()));
        return sent;
    }

    private void sendAndWait(CommandSender sender, LoadedConfig config, KafkaClients clients) {
        Duration patience = Duration.ofSeconds(wait == 0 ? what.patience : wait);
        // Stands at the end before it is sent: the answer may be quick.
        try (AwaitedCheckpoint awaited = new AwaitedCheckpoint(clients)) {
            TrainerCommand sent = send(sender, config);
            surroundings
                    .shutdown()
                    .stoppable(awaited::stop, () -> report(sent, awaited.of(sent, patience)));
        }
    }

    private void report(TrainerCommand sent, Optional<CheckpointCommitted> event) {
        event.map(committed -> json ? committed.toString() : CheckpointText.of(committed))
                .ifPresent(this::print);
        if (event.isEmpty() && !surroundings.shutdown().isRequested()) {
            throw noAnswer(sent);
        }
    }

    private CommandFailure noAnswer(TrainerCommand sent) {
        String release =
                what == What.RELEASE
                        ? " A release needs images for all its steps (train.release.steps.max);"
                                + " the log says how far it is."
                        : "";
        return new CommandFailure(
                ExitCode.NO_ANSWER,
                ("No checkpoint names command %s within %d s. Is a trainer of run '%s' active"
                                + " (its log says 'command obeyed'), is it paused (maestream command"
                                + " resume), or does its store not answer (its log says 'late')?%s It"
                                + " may still come: maestream events --follow --run %s")
                        .formatted(
                                sent.getCommandId(),
                                wait == 0 ? what.patience : wait,
                                sent.getRunId(),
                                release,
                                sent.getRunId()));
    }

    private String word() {
        return what.name().toLowerCase(Locale.ROOT);
    }

    private void print(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
