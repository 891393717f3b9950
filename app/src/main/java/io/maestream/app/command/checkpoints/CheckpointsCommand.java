package io.maestream.app.command.checkpoints;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about checkpoints in the store. */
@Command(
        name = "checkpoints",
        synopsisSubcommandLabel = "COMMAND",
        description = "Lists, shows, verifies, fetches and ranks checkpoints.",
        footer = {"", "Example: maestream checkpoints list"})
final class CheckpointsCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command, for example: list");
    }
}
