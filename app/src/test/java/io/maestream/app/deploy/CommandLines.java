package io.maestream.app.deploy;

import io.maestream.app.command.Cli;
import io.maestream.app.command.Shutdown;
import io.maestream.app.command.Surroundings;
import java.util.List;
import java.util.Map;

/** Whether our command line understands what a deployment's file tells it. */
final class CommandLines {

    private CommandLines() {}

    /** Throws what picocli throws if it does not. */
    static void parse(List<String> arguments) {
        Cli.create(new Surroundings(Map.of(), false, 80, new Shutdown()))
                .parseArgs(arguments.toArray(String[]::new));
    }
}
