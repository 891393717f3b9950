package io.maestream.app.command.broker;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about topics. */
@Command(
        name = "topics",
        synopsisSubcommandLabel = "COMMAND",
        description = "Prepares the topics that Maestream uses.",
        footer = {"", "Example: maestream topics create --bootstrap localhost:9092"})
final class TopicsCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command, for example: create");
    }
}
