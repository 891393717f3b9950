package io.maestream.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root: only its subcommands do anything. */
@Command(
        name = "maestream",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Continuously pre-trains a Masked Autoencoder on the images that arrive on Kafka topics,"
                    + " and announces every checkpoint as an event.",
            ""
        },
        footer = {
            "",
            "Start here: maestream demo",
            "It needs no broker and no images: everything runs in one process, and on again later."
        })
final class MaestreamCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command, for example: demo");
    }
}
