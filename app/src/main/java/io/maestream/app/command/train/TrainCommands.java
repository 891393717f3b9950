package io.maestream.app.command.train;

import io.maestream.app.command.base.Surroundings;
import java.util.List;
import picocli.CommandLine;

/** The commands that train, and tell a trainer what to do. */
public final class TrainCommands {
    private TrainCommands() {}

    /** All of them. */
    public static List<CommandLine> all(Surroundings surroundings) {
        return List.of(
                new CommandLine(new TrainCommand(surroundings)),
                new CommandLine(new TriggerCommand(surroundings)),
                new CommandLine(new SendCommand(surroundings))
                        .setCaseInsensitiveEnumValuesAllowed(true));
    }
}
