package io.maestream.app.command;

import io.maestream.app.Sections;
import io.maestream.app.config.LoadedConfig;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.client.KafkaSettings;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.errors.TimeoutException;
import picocli.CommandLine.Option;

/** Which brokers a command talks to. */
public final class BrokerOptions {
    private static final int PATIENCE_MILLIS = 10_000;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Brokers, with commas between (kafka.bootstrap.servers).")
    private String bootstrap;

    /** Whether the option was given. */
    boolean isGiven() {
        return bootstrap != null;
    }

    OptionKeys keys() {
        return new OptionKeys().with(Sections.BOOTSTRAP_SERVERS, bootstrap);
    }

    /**
     * Clients for the configured brokers, after one of them has answered.
     *
     * @throws CommandFailure with {@link ExitCode#UNREACHABLE} if none does within 10 s
     */
    static KafkaClients connect(LoadedConfig config) throws InterruptedException {
        KafkaSettings kafka = config.get(Sections.KAFKA);
        KafkaClients clients = new KafkaClients(kafka, config.get(Sections.TOPICS));
        try (Admin admin = clients.admin()) {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs(PATIENCE_MILLIS))
                    .nodes()
                    .get();
            return clients;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw unreachable(kafka.bootstrapServers(), e);
            }
            throw FailureClassifier.classify(e);
        }
    }

    private static CommandFailure unreachable(String bootstrap, Exception cause) {
        return new CommandFailure(
                ExitCode.UNREACHABLE,
                "No broker answers at "
                        + bootstrap
                        + " within "
                        + PATIENCE_MILLIS / 1000
                        + " s. Start one (maestream broker), or name yours with --bootstrap"
                        + " HOST:PORT",
                cause);
    }
}
