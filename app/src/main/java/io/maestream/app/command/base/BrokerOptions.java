package io.maestream.app.command.base;

import io.maestream.app.Sections;
import io.maestream.app.config.LoadedConfig;
import io.maestream.schemas.client.ClientWatch;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.client.KafkaSettings;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
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
    public boolean isGiven() {
        return bootstrap != null;
    }

    public OptionKeys keys() {
        return new OptionKeys().with(Sections.BOOTSTRAP_SERVERS, bootstrap);
    }

    /**
     * Clients for the configured brokers, after one of them has answered.
     *
     * @param topics topics that must exist
     * @throws CommandFailure with {@link ExitCode#UNREACHABLE} if none answers within 10 s, with
     *     {@link ExitCode#NOT_FOUND} if a topic is missing
     */
    public static KafkaClients connect(LoadedConfig config, String... topics)
            throws InterruptedException {
        return connect(config, ClientWatch.NONE, topics);
    }

    /** The same, watched. */
    public static KafkaClients connect(LoadedConfig config, ClientWatch watch, String... topics)
            throws InterruptedException {
        KafkaSettings kafka = config.get(Sections.KAFKA);
        KafkaClients clients = new KafkaClients(kafka, config.get(Sections.TOPICS), watch);
        try (Admin admin = clients.admin()) {
            var options = new ListTopicsOptions().timeoutMs(PATIENCE_MILLIS);
            requireTopics(admin.listTopics(options).names().get(), topics);
            return clients;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw unreachable(kafka.bootstrapServers(), e);
            }
            throw FailureClassifier.classify(e);
        }
    }

    private static void requireTopics(Set<String> existing, String... topics) {
        for (String topic : topics) {
            if (!existing.contains(topic)) {
                throw new CommandFailure(
                        ExitCode.NOT_FOUND,
                        "Topic " + topic + " does not exist. Create it: maestream topics create");
            }
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
