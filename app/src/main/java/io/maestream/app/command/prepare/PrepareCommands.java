package io.maestream.app.command.prepare;

import io.maestream.app.command.base.Surroundings;
import java.util.List;
import picocli.CommandLine;

/** The commands that prepare images, and look at sources and at what was rejected. */
public final class PrepareCommands {
    private PrepareCommands() {}

    /** All of them. */
    public static List<CommandLine> all(Surroundings surroundings) {
        return List.of(
                new CommandLine(new PrepareCommand(surroundings)),
                new CommandLine(new SourcesCommand(surroundings)),
                new CommandLine(new RejectedCommand())
                        .addSubcommand(new RejectedListCommand(surroundings))
                        .addSubcommand(new RejectedRetryCommand(surroundings)));
    }
}
