package io.maestream.app.command.checkpoints;

import io.maestream.app.command.base.Surroundings;
import java.util.List;
import picocli.CommandLine;

/** The commands that look at checkpoints. */
public final class CheckpointsCommands {
    private CheckpointsCommands() {}

    /** All of them. */
    public static List<CommandLine> all(Surroundings surroundings) {
        return List.of(
                new CommandLine(new CheckpointsCommand())
                        .addSubcommand(new CheckpointsListCommand(surroundings))
                        .addSubcommand(new CheckpointsShowCommand(surroundings))
                        .addSubcommand(new CheckpointsVerifyCommand(surroundings))
                        .addSubcommand(new CheckpointsFetchCommand(surroundings))
                        .addSubcommand(new CheckpointsBestCommand(surroundings)));
    }
}
