package io.maestream.app.command.ingest;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands that publish images. */
@Command(
        name = "ingest",
        synopsisSubcommandLabel = "COMMAND",
        description = "Publishes images on images.raw.",
        footer = {"", "Example: maestream ingest dir ~/Pictures"})
final class IngestCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command, for example: dir");
    }
}
