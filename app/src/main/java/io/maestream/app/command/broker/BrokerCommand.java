package io.maestream.app.command.broker;

import io.maestream.app.Sections;
import io.maestream.app.broker.BrokerSettings;
import io.maestream.app.broker.EmbeddedBroker;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.OptionKeys;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the embedded broker alone. */
@Command(
        name = "broker",
        description = {
            "Runs a single-node Kafka broker on the loopback interface until Ctrl-C. Its data stays"
                    + " in the data directory.",
            ""
        },
        footer = {"", "Example: maestream broker --port 9092"})
final class BrokerCommand implements Callable<Integer> {
    private static final int USUAL_PORT = 9092;

    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where the data is kept (data.dir, .maestream by default).")
    private Path dataDir;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port for clients (broker.port, 9092 by default); 0 takes any free one.")
    private Integer port;

    BrokerCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> options =
                new OptionKeys()
                        .with(BrokerSettings.DATA_DIR, dataDir)
                        .with(BrokerSettings.PORT, port)
                        .map();
        LoadedConfig config = common.loadAndLog(surroundings, options);
        try (EmbeddedBroker broker = new EmbeddedBroker(settings(config)).start()) {
            var out = spec.commandLine().getOut();
            out.println("Broker at " + broker.bootstrapServers() + "; Ctrl-C stops it");
            out.flush();
            surroundings.shutdown().await();
        }
        return ExitCode.OK.status();
    }

    private static BrokerSettings settings(LoadedConfig config) {
        BrokerSettings given = config.get(Sections.BROKER);
        int port = config.isSet(BrokerSettings.PORT) ? given.port() : USUAL_PORT;
        return new BrokerSettings(given.dataDir(), port, given.maxMessageBytes());
    }
}
