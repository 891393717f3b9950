package io.maestream.app.command.checkpoints;

import io.maestream.app.command.base.CommandFailure;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.command.base.Words;
import io.maestream.app.config.LoadedConfig;
import io.maestream.checkpoints.CheckpointException;
import io.maestream.checkpoints.CheckpointFetch;
import io.maestream.checkpoints.CheckpointStore;
import io.maestream.checkpoints.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies a checkpoint out of its store. */
@Command(
        name = "fetch",
        description = {
            "Copies a checkpoint to DIR/ID and compares every byte with its manifest; with"
                    + " --bootstrap also the manifest with the committed event. Nothing is at"
                    + " DIR/ID before all of it was compared. Exits with 5 if anything differs.",
            ""
        },
        footer = {
            "",
            "Example: maestream checkpoints fetch latest --to models",
            "Example: maestream checkpoints fetch release --to models",
            "Example: maestream checkpoints fetch s3://bucket/run/step-000000031-72cbec80 --to ."
        })
final class CheckpointsFetchCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CheckpointOptions options;

    @Parameters(
            paramLabel = "ID|latest|release|URI",
            defaultValue = CheckpointOptions.LATEST,
            description =
                    "Which one of the store, or where it lies, as events name it (s3: or file:).")
    private String name;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR",
            description = "Directory that gets a directory of the checkpoint's name.")
    private Path to;

    CheckpointsFetchCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        LoadedConfig config = options.load(surroundings);
        CheckpointOptions.Place place = CheckpointOptions.place(name, config);
        CheckpointStore store = place.store();
        CheckpointOptions.Choice choice = options.choose(place.name(), config, store);
        Verification found = fetch(store, choice);
        if (!found.ok()) {
            throw new CommandFailure(
                    ExitCode.VERIFICATION_FAILED,
                    "Checkpoint "
                            + choice.id()
                            + " is damaged and was not kept: "
                            + String.join("; ", found.problems()));
        }
        var out = spec.commandLine().getOut();
        out.println(
                "%s: %d files, %s, all as the manifest says"
                        .formatted(
                                to.resolve(choice.id()),
                                found.files(),
                                Words.mebibytes(found.bytes())));
        out.flush();
        return ExitCode.OK.status();
    }

    private Verification fetch(CheckpointStore store, CheckpointOptions.Choice choice)
            throws IOException {
        try {
            return CheckpointFetch.fetch(store, choice.id(), choice.manifestSha256(), to);
        } catch (CheckpointException e) {
            throw new CommandFailure(
                    ExitCode.VERIFICATION_FAILED,
                    "Checkpoint " + choice.id() + " cannot be fetched: " + e.getMessage(),
                    e);
        }
    }
}
