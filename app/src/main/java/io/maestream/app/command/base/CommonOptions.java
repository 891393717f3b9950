package io.maestream.app.command.base;

import io.maestream.app.ConsoleLog;
import io.maestream.app.LogFile;
import io.maestream.app.LogFormat;
import io.maestream.app.Sections;
import io.maestream.app.Settings;
import io.maestream.app.config.ConfigSources;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.config.PropertiesFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The options that every command has. */
public final class CommonOptions {
    private static final String VERBOSE = "--verbose";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties file. MAESTREAM_… variables, then --set go before it.")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets one key; may be repeated. An option goes before its key.")
    private List<String> assignments = new ArrayList<>();

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            description =
                    "How the log is written (log.format); MAESTREAM_LOG_FORMAT does the same.")
    private String logFormat;

    @Option(names = VERBOSE, description = "Show the stack trace of an error.")
    private boolean verbose;

    /** Loads the configuration; the options' values go before everything else. */
    public LoadedConfig load(Surroundings surroundings, Map<String, String> options) {
        return load(surroundings, options, Map.of());
    }

    /** The same, with the command's own defaults. */
    public LoadedConfig load(
            Surroundings surroundings, Map<String, String> options, Map<String, String> defaults) {
        Map<String, String> values = file == null ? Map.of() : PropertiesFile.read(file);
        String name = file == null ? "" : file.toString();
        Map<String, String> all =
                new OptionKeys().with(LogFormat.KEY, logFormat).withAll(options).map();
        LoadedConfig config =
                Settings.load(
                        new ConfigSources(name, values, surroundings.variables(), assignments, all),
                        defaults);
        ConsoleLog.use(config.get(Sections.LOG));
        return config;
    }

    /** The same, for commands that do enough to leave a log file in the data directory. */
    public LoadedConfig loadAndLog(Surroundings surroundings, Map<String, String> options) {
        LoadedConfig config = load(surroundings, options);
        LogFile.open(config.get(Sections.BROKER).dataDir(), config.get(Sections.LOG));
        return config;
    }

    /** Whether the command that was parsed has the option set. */
    public static boolean verbose(ParseResult parsed) {
        ParseResult innermost = parsed;
        while (innermost.hasSubcommand()) {
            innermost = innermost.subcommand();
        }
        return innermost.hasMatchedOption(VERBOSE);
    }
}
