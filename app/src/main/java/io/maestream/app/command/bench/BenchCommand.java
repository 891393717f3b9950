package io.maestream.app.command.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands that measure. */
@Command(
        name = "bench",
        synopsisSubcommandLabel = "COMMAND",
        description = "Measures this machine.",
        footer = {"", "Example: maestream bench step --preset tiny"})
final class BenchCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command, for example: step");
    }
}
