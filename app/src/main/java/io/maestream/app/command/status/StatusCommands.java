package io.maestream.app.command.status;

import io.maestream.app.command.base.Surroundings;
import java.util.List;
import picocli.CommandLine;

/** The commands that show what goes on. */
public final class StatusCommands {
    private StatusCommands() {}

    /** All of them. */
    public static List<CommandLine> all(Surroundings surroundings) {
        return List.of(
                new CommandLine(new StatusCommand(surroundings)),
                new CommandLine(new EventsCommand(surroundings)));
    }
}
