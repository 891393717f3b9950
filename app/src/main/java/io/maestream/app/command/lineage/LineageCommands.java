package io.maestream.app.command.lineage;

import io.maestream.app.command.base.Surroundings;
import java.util.List;
import picocli.CommandLine;

/** The commands that prove what a run did. */
public final class LineageCommands {
    private LineageCommands() {}

    /** All of them. */
    public static List<CommandLine> all(Surroundings surroundings) {
        return List.of(
                new CommandLine(new AuditCommand(surroundings)),
                new CommandLine(new ReplayCommand(surroundings)));
    }
}
