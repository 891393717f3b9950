package io.maestream.app.command.lineage;

import io.maestream.app.Sections;
import io.maestream.app.command.base.BrokerOptions;
import io.maestream.app.command.base.CommandFailure;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.command.checkpoints.CheckpointOptions;
import io.maestream.app.config.LoadedConfig;
import io.maestream.checkpoints.CheckpointStore;
import io.maestream.checkpoints.CheckpointVerifier;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.OffsetRange;
import io.maestream.schemas.topic.Topics;
import io.maestream.trainer.checkpoint.LineageAudit;
import io.maestream.trainer.checkpoint.Releases;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Proves that every image was taken once. */
@Command(
        name = "audit",
        description = {
            "Walks a run's committed events from the newest checkpoint to the first: ranges of"
                    + " offsets must meet without gap or overlap, parents must have been committed,"
                    + " and every checkpoint that is still in the store must be whole. Exits with 5"
                    + " if anything is wrong.",
            ""
        },
        footer = {"", "Example: maestream audit --bootstrap localhost:9092 --run default"})
final class AuditCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;
    @Mixin private BrokerOptions broker;

    @Option(names = "--run", paramLabel = "ID", description = "Name of the run (run.id).")
    private String run;

    AuditCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        LoadedConfig config = common.load(surroundings, broker.keys().with("run.id", run).map());
        List<CheckpointCommitted> events =
                RunEvents.read(BrokerOptions.connect(config, Topics.CHECKPOINTS), config);
        if (Releases.without(events).isEmpty()) {
            throw RunEvents.none(Sections.runId(config));
        }
        LineageAudit.Report report = LineageAudit.of(events);
        List<String> problems = new ArrayList<>(report.problems());
        int whole = verify(events, CheckpointOptions.store(config), problems);
        print(report, whole);
        if (!problems.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.VERIFICATION_FAILED,
                    "The lineage does not hold: " + String.join("; ", problems));
        }
        return ExitCode.OK.status();
    }

    /** Those that retention has deleted cannot be looked at, and need not be. */
    private static int verify(
            List<CheckpointCommitted> events, CheckpointStore store, List<String> problems)
            throws IOException {
        Set<String> present = Set.copyOf(store.ids());
        int whole = 0;
        for (CheckpointCommitted event : events) {
            String id = event.getCheckpointId();
            if (present.contains(id)) {
                List<String> found =
                        CheckpointVerifier.verify(store, id, event.getManifestSha256()).problems();
                found.forEach(problem -> problems.add(id + ": " + problem));
                whole += found.isEmpty() ? 1 : 0;
            }
        }
        return whole;
    }

    private void print(LineageAudit.Report report, int whole) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                "%d checkpoints in the lineage, %s to %s; %d in the store and whole"
                        .formatted(
                                report.lineage().size(),
                                report.lineage().get(0),
                                report.lineage().get(report.lineage().size() - 1),
                                whole));
        if (!report.releases().isEmpty()) {
            out.println("releases, beside it: " + String.join(", ", report.releases()));
        }
        if (!report.abandoned().isEmpty()) {
            out.println("not in the lineage: " + String.join(", ", report.abandoned()));
        }
        for (OffsetRange range : report.skipped()) {
            out.println(
                    "skipped: %s-%d from %d until %d"
                            .formatted(
                                    range.getTopic(),
                                    range.getPartition(),
                                    range.getFrom(),
                                    range.getUntil()));
        }
        out.flush();
    }
}
