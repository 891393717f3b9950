package io.maestream.app.command.config;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands about the configuration. */
@Command(
        name = "config",
        synopsisSubcommandLabel = "COMMAND",
        description = {"Shows, checks and explains the configuration.", ""},
        footer = {"", "Example: maestream config show --changed"})
final class ConfigCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Name a command, for example: config show");
    }
}
