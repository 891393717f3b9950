package io.maestream.app.command.config;

import io.maestream.app.command.base.Surroundings;
import java.util.List;
import picocli.CommandLine;

/** The commands that show and check the configuration. */
public final class ConfigCommands {
    private ConfigCommands() {}

    /** All of them. */
    public static List<CommandLine> all(Surroundings surroundings) {
        return List.of(
                new CommandLine(new ConfigCommand())
                        .addSubcommand(new ConfigShowCommand(surroundings))
                        .addSubcommand(new ConfigCheckCommand(surroundings))
                        .addSubcommand(new ConfigDocsCommand()));
    }
}
