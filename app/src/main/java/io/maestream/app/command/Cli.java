package io.maestream.app.command;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;

/** Puts the command line together. */
public final class Cli {
    private static final int WIDTH = 100;

    private Cli() {}

    /** The command {@code maestream} with all its subcommands. */
    public static CommandLine create(Surroundings surroundings) {
        CommandLine root = new CommandLine(new MaestreamCommand());
        Stream.of(
                        onImages(surroundings),
                        onTraining(surroundings),
                        onCheckpoints(surroundings),
                        onMaestream(surroundings))
                .flatMap(List::stream)
                .forEach(command -> root.addSubcommand(command.getCommandName(), command));
        root.setExecutionExceptionHandler(new ErrorReport());
        addToAll(root);
        return root;
    }

    private static List<CommandLine> onImages(Surroundings surroundings) {
        return List.of(
                new CommandLine(new DemoCommand(surroundings)),
                new CommandLine(new BrokerCommand(surroundings)),
                group(new TopicsCommand(), new CommandLine(new TopicsCreateCommand(surroundings))),
                ingest(surroundings),
                new CommandLine(new PrepareCommand(surroundings)),
                new CommandLine(new SourcesCommand(surroundings)),
                rejected(surroundings));
    }

    private static List<CommandLine> onTraining(Surroundings surroundings) {
        return List.of(
                new CommandLine(new TrainCommand(surroundings)),
                new CommandLine(new TriggerCommand(surroundings)),
                lowerCase(new SendCommand(surroundings)),
                new CommandLine(new StatusCommand(surroundings)),
                new CommandLine(new EventsCommand(surroundings)));
    }

    private static List<CommandLine> onCheckpoints(Surroundings surroundings) {
        return List.of(
                checkpoints(surroundings),
                lowerCase(new EmbedCommand(surroundings)),
                lowerCase(new ReconstructCommand(surroundings)),
                new CommandLine(new EvaluateCommand(surroundings)),
                new CommandLine(new FollowCommand(surroundings)),
                new CommandLine(new AuditCommand(surroundings)),
                new CommandLine(new ReplayCommand(surroundings)));
    }

    private static List<CommandLine> onMaestream(Surroundings surroundings) {
        return List.of(
                bench(surroundings),
                config(surroundings),
                lowerCase(new CompletionCommand()),
                new CommandLine(new VersionCommand()),
                new CommandLine(new HelpCommand()));
    }

    private static CommandLine checkpoints(Surroundings surroundings) {
        return group(
                new CheckpointsCommand(),
                new CommandLine(new CheckpointsListCommand(surroundings)),
                new CommandLine(new CheckpointsShowCommand(surroundings)),
                new CommandLine(new CheckpointsVerifyCommand(surroundings)),
                new CommandLine(new CheckpointsFetchCommand(surroundings)),
                new CommandLine(new CheckpointsBestCommand(surroundings)));
    }

    /** Values such as those of {@code --pool} are written in lower case. */
    private static CommandLine lowerCase(Object command) {
        return new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static CommandLine rejected(Surroundings surroundings) {
        return group(
                new RejectedCommand(),
                new CommandLine(new RejectedListCommand(surroundings)),
                new CommandLine(new RejectedRetryCommand(surroundings)));
    }

    private static CommandLine ingest(Surroundings surroundings) {
        return group(
                new IngestCommand(),
                new CommandLine(new IngestDirCommand(surroundings)),
                new CommandLine(new IngestArchiveCommand(surroundings)),
                new CommandLine(new IngestVideoCommand(surroundings)),
                new CommandLine(new IngestCameraCommand(surroundings)),
                new CommandLine(new IngestHttpCommand(surroundings)),
                new CommandLine(new IngestSimulateCommand(surroundings)),
                new CommandLine(new IngestRunCommand(surroundings)));
    }

    private static CommandLine bench(Surroundings surroundings) {
        return group(
                new BenchCommand(),
                new CommandLine(new BenchStepCommand(surroundings)),
                new CommandLine(new BenchMaskingCommand(surroundings)),
                new CommandLine(new BenchPipelineCommand(surroundings)),
                new CommandLine(new BenchCheckpointCommand(surroundings)),
                new CommandLine(new BenchIngestCommand(surroundings)),
                new CommandLine(new BenchPrepareCommand(surroundings)),
                new CommandLine(new BenchDashboardCommand(surroundings)),
                new CommandLine(new BenchSoakCommand(surroundings)));
    }

    private static CommandLine config(Surroundings surroundings) {
        return group(
                new ConfigCommand(),
                new CommandLine(new ConfigShowCommand(surroundings)),
                new CommandLine(new ConfigCheckCommand(surroundings)),
                new CommandLine(new ConfigDocsCommand()));
    }

    private static CommandLine group(Object command, CommandLine... subcommands) {
        CommandLine group = new CommandLine(command);
        for (CommandLine subcommand : subcommands) {
            group.addSubcommand(subcommand.getCommandName(), subcommand);
        }
        return group;
    }

    private static void addToAll(CommandLine root) {
        root.setUsageHelpWidth(WIDTH);
        root.setUsageHelpAutoWidth(true);
        root.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
        root.getCommandSpec().usageMessage().exitCodeList(ExitCode.table());
        helpOption(root);
    }

    private static void helpOption(CommandLine command) {
        boolean isHelp = command.getCommand() instanceof HelpCommand;
        if (!isHelp) {
            command.getCommandSpec().mixinStandardHelpOptions(false);
            command.getCommandSpec()
                    .addOption(
                            CommandLine.Model.OptionSpec.builder("-h", "--help")
                                    .usageHelp(true)
                                    .description("Show this help and exit.")
                                    .build());
        }
        command.getSubcommands().values().forEach(Cli::helpOption);
    }
}
