package io.maestream.app.command.checkpoints;

import io.maestream.app.command.base.CommandFailure;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.command.base.Words;
import io.maestream.checkpoints.CheckpointException;
import io.maestream.checkpoints.CheckpointStore;
import io.maestream.checkpoints.CheckpointVerifier;
import io.maestream.checkpoints.Verification;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Recomputes every digest of a checkpoint. */
@Command(
        name = "verify",
        description = {
            "Reads every file of a checkpoint and compares it with its manifest; with --bootstrap"
                    + " also the manifest with the committed event. Exits with 5 if anything"
                    + " differs.",
            ""
        },
        footer = {"", "Example: maestream checkpoints verify latest"})
final class CheckpointsVerifyCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private ChoiceOptions checkpoint;

    CheckpointsVerifyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ChoiceOptions.Found found = checkpoint.find(surroundings);
        CheckpointStore store = found.store();
        CheckpointOptions.Choice choice = found.choice();
        Verification files = verify(store, choice);
        CheckpointOptions.requireWhole(choice.id(), files);
        var out = spec.commandLine().getOut();
        out.println(
                "%s: %d files, %s, all as the manifest says%s"
                        .formatted(
                                choice.id(),
                                files.files(),
                                Words.mebibytes(files.bytes()),
                                choice.manifestSha256() == null
                                        ? ""
                                        : ", and the manifest as the event says"));
        out.flush();
        return ExitCode.OK.status();
    }

    private static Verification verify(CheckpointStore store, CheckpointOptions.Choice choice)
            throws IOException {
        try {
            return CheckpointVerifier.verify(store, choice.id(), choice.manifestSha256());
        } catch (CheckpointException e) {
            throw new CommandFailure(
                    ExitCode.VERIFICATION_FAILED,
                    "Checkpoint " + choice.id() + " is damaged: manifest.json: " + e.getMessage(),
                    e);
        }
    }
}
