package io.maestream.app.command.lineage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maestream.app.Sections;
import io.maestream.app.command.base.BrokerOptions;
import io.maestream.app.command.base.CommandFailure;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.StoreOptions;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.command.checkpoints.CheckpointOptions;
import io.maestream.app.config.LoadedConfig;
import io.maestream.checkpoints.CheckpointException;
import io.maestream.checkpoints.CheckpointStore;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.trainer.CheckpointReplay;
import io.maestream.trainer.NotReplayableException;
import io.maestream.trainer.ReplayResult;
import io.maestream.trainer.checkpoint.Releases;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proves that a checkpoint is what its parent and the log make of it. */
@Command(
        name = "replay",
        description = {
            "Trains committed checkpoints again, each from its parent (or from the initial weights)"
                    + " and out of the log, in the recorded order of records, and compares the"
                    + " SHA-256 of weights and moments with those that were committed. Writes and"
                    + " publishes nothing. Give it the settings of the run. Exits with 11 if one"
                    + " differs, with 5 if"
                    + " its files or its parent's are damaged, with 9 if a named one cannot be replayed because it, its parent or"
                    + " its records are gone; with --all these are only counted.",
            ""
        },
        footer = {
            "",
            "Example: maestream replay latest --bootstrap localhost:9092",
            "Example: maestream replay --all --run default --json"
        })
final class ReplayCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;
    @Mixin private BrokerOptions broker;
    @Mixin private StoreOptions place;

    @Parameters(paramLabel = "ID|latest|release", arity = "0..*", description = "Which ones.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--all", description = "All committed checkpoints of the run, oldest first.")
    private boolean all;

    @Option(names = "--run", paramLabel = "ID", description = "Name of the run (run.id).")
    private String run;

    @Option(names = "--json", description = "One line of JSON for each checkpoint.")
    private boolean json;

    ReplayCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (all != ids.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "Name checkpoints, or give --all; not both");
        }
        LoadedConfig config = load();
        KafkaClients clients =
                BrokerOptions.connect(config, Topics.CHECKPOINTS, Topics.IMAGES_PREPARED);
        List<CheckpointCommitted> history = RunEvents.read(clients, config);
        List<CheckpointCommitted> chosen = choose(history, Sections.runId(config));
        CheckpointStore store = CheckpointOptions.store(config);
        List<ReplayResult> results = new ArrayList<>();
        for (CheckpointCommitted event : chosen) {
            var progress = new ReplayProgress(spec.commandLine().getErr(), event, System::nanoTime);
            var replay =
                    new CheckpointReplay(config.get(Sections.TRAINER), clients, store, progress);
            try {
                results.add(report(replay.replay(event, history)));
            } catch (NotReplayableException e) {
                passOver(event, e);
            } catch (CheckpointException e) {
                throw new CommandFailure(ExitCode.VERIFICATION_FAILED, e.getMessage(), e);
            }
        }
        return status(chosen.size(), results);
    }

    private LoadedConfig load() {
        return common.load(surroundings, place.with(broker.keys()).with("run.id", run).map());
    }

    private List<CheckpointCommitted> choose(List<CheckpointCommitted> history, String runId) {
        if (history.isEmpty()) {
            throw RunEvents.none(runId);
        }
        if (all) {
            return history;
        }
        List<CheckpointCommitted> chosen = new ArrayList<>();
        for (String id : ids) {
            chosen.add(named(history, id, runId));
        }
        return chosen;
    }

    private static CheckpointCommitted named(
            List<CheckpointCommitted> history, String id, String runId) {
        return history.stream()
                .filter(
                        event ->
                                CheckpointOptions.names(
                                        id, event.getCheckpointId(), Releases.isRelease(event)))
                .reduce((older, newer) -> newer)
                .orElseThrow(
                        () ->
                                new CommandFailure(
                                        ExitCode.NOT_FOUND,
                                        "Run %s has committed no checkpoint %s"
                                                .formatted(runId, id)));
    }

    private ReplayResult report(ReplayResult result) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.writeValueAsString(ReplayText.json(result)));
        } else {
            ReplayText.lines(result).forEach(out::println);
        }
        out.flush();
        return result;
    }

    private void passOver(CheckpointCommitted event, NotReplayableException why)
            throws JsonProcessingException {
        if (!all) {
            throw why;
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.writeValueAsString(ReplayText.json(event, why.getMessage())));
        } else {
            out.println(
                    "%s  step %d: %s"
                            .formatted(event.getCheckpointId(), event.getStep(), why.getMessage()));
        }
        out.flush();
    }

    private int status(int chosen, List<ReplayResult> results) {
        List<String> different =
                results.stream()
                        .filter(result -> !result.equal())
                        .map(ReplayResult::checkpointId)
                        .toList();
        if (!different.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.REPLAY_DIFFERS,
                    "Not what was committed: " + String.join(", ", different));
        }
        if (results.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.NOT_FOUND, "None of the checkpoints can be replayed any more");
        }
        if (!json) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(
                    "%d of %d checkpoints replayed, all equal".formatted(results.size(), chosen));
            out.flush();
        }
        return ExitCode.OK.status();
    }
}
