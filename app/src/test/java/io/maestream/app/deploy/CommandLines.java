package io.maestream.app.deploy;

import io.maestream.app.command.Cli;
import io.maestream.app.command.base.Shutdown;
import io.maestream.app.command.base.Surroundings;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Whether our command line understands what a deployment's file tells it. */
final class CommandLines {

    private CommandLines() {}

    /** Throws what picocli throws if it does not. */
    static void parse(List<String> arguments) {
        cli().parseArgs(arguments.toArray(String[]::new));
    }

    static boolean has(String command) {
        return cli().getSubcommands().containsKey(command);
    }

    private static CommandLine cli() {
        return Cli.create(new Surroundings(Map.of(), false, 80, new Shutdown()));
    }
}
