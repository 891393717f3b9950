package io.maestream.app.command;

import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.command.bench.BenchCommands;
import io.maestream.app.command.broker.BrokerCommands;
import io.maestream.app.command.checkpoints.CheckpointsCommands;
import io.maestream.app.command.config.ConfigCommands;
import io.maestream.app.command.evaluate.EvaluateCommands;
import io.maestream.app.command.ingest.IngestCommands;
import io.maestream.app.command.lineage.LineageCommands;
import io.maestream.app.command.prepare.PrepareCommands;
import io.maestream.app.command.status.StatusCommands;
import io.maestream.app.command.train.DemoCommand;
import io.maestream.app.command.train.TrainCommands;
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
                        List.of(new CommandLine(new DemoCommand(surroundings))),
                        BrokerCommands.all(surroundings),
                        IngestCommands.all(surroundings),
                        PrepareCommands.all(surroundings),
                        TrainCommands.all(surroundings),
                        StatusCommands.all(surroundings),
                        CheckpointsCommands.all(surroundings),
                        EvaluateCommands.all(surroundings),
                        LineageCommands.all(surroundings),
                        BenchCommands.all(surroundings),
                        ConfigCommands.all(surroundings),
                        onMaestream())
                .flatMap(List::stream)
                .forEach(root::addSubcommand);
        root.setExecutionExceptionHandler(new ErrorReport());
        addToAll(root);
        return root;
    }

    private static List<CommandLine> onMaestream() {
        return List.of(
                new CommandLine(new CompletionCommand()).setCaseInsensitiveEnumValuesAllowed(true),
                new CommandLine(new VersionCommand()),
                new CommandLine(new HelpCommand()));
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
