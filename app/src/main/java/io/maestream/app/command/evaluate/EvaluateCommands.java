package io.maestream.app.command.evaluate;

import io.maestream.app.command.base.Surroundings;
import java.util.List;
import picocli.CommandLine;

/** The commands that look through a model, and say how good it is. */
public final class EvaluateCommands {
    private EvaluateCommands() {}

    /** All of them. */
    public static List<CommandLine> all(Surroundings surroundings) {
        return List.of(
                new CommandLine(new EmbedCommand(surroundings))
                        .setCaseInsensitiveEnumValuesAllowed(true),
                new CommandLine(new ReconstructCommand(surroundings))
                        .setCaseInsensitiveEnumValuesAllowed(true),
                new CommandLine(new EvaluateCommand(surroundings)),
                new CommandLine(new FollowCommand(surroundings)));
    }
}
