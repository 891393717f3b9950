package io.maestream.app.command.ingest;

import io.maestream.app.command.base.Surroundings;
import java.util.List;
import picocli.CommandLine;

/** The commands that publish images. */
public final class IngestCommands {
    private IngestCommands() {}

    /** All of them. */
    public static List<CommandLine> all(Surroundings surroundings) {
        return List.of(
                new CommandLine(new IngestCommand())
                        .addSubcommand(new IngestDirCommand(surroundings))
                        .addSubcommand(new IngestArchiveCommand(surroundings))
                        .addSubcommand(new IngestVideoCommand(surroundings))
                        .addSubcommand(new IngestCameraCommand(surroundings))
                        .addSubcommand(new IngestHttpCommand(surroundings))
                        .addSubcommand(new IngestSimulateCommand(surroundings))
                        .addSubcommand(new IngestRunCommand(surroundings)));
    }
}
