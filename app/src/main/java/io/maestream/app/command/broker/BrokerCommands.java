package io.maestream.app.command.broker;

import io.maestream.app.command.base.Surroundings;
import java.util.List;
import picocli.CommandLine;

/** The commands that run a broker and create its topics. */
public final class BrokerCommands {
    private BrokerCommands() {}

    /** All of them. */
    public static List<CommandLine> all(Surroundings surroundings) {
        return List.of(
                new CommandLine(new BrokerCommand(surroundings)),
                new CommandLine(new TopicsCommand())
                        .addSubcommand(new TopicsCreateCommand(surroundings)));
    }
}
