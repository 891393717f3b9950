package io.maestream.app.command.prepare;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about rejected images. */
@Command(
        name = "rejected",
        synopsisSubcommandLabel = "COMMAND",
        description = "Lists rejected images with their reasons, and sends them again.",
        footer = {"", "Example: maestream rejected list --reason QUOTA"})
final class RejectedCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command, for example: list");
    }
}
