package io.maestream.app.command.bench;

import io.maestream.app.command.base.Surroundings;
import java.util.List;
import picocli.CommandLine;

/** The commands that measure this machine. */
public final class BenchCommands {
    private BenchCommands() {}

    /** All of them. */
    public static List<CommandLine> all(Surroundings surroundings) {
        return List.of(
                new CommandLine(new BenchCommand())
                        .addSubcommand(new BenchStepCommand(surroundings))
                        .addSubcommand(new BenchMaskingCommand(surroundings))
                        .addSubcommand(new BenchPipelineCommand(surroundings))
                        .addSubcommand(new BenchCheckpointCommand(surroundings))
                        .addSubcommand(new BenchIngestCommand(surroundings))
                        .addSubcommand(new BenchPrepareCommand(surroundings))
                        .addSubcommand(new BenchDashboardCommand(surroundings))
                        .addSubcommand(new BenchSoakCommand(surroundings)));
    }
}
