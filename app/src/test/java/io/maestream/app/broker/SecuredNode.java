package io.maestream.app.broker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;

/**
 * A broker that asks who comes and lets nobody do what no rule allows. Who comes without a name, on
 * the port for administration, may do everything.
 */
public final class SecuredNode implements AutoCloseable {

    private static final String SECURED = "SASL_PLAINTEXT";
    private static final String MODULE =
            "org.apache.kafka.common.security.plain.PlainLoginModule required";
    private static final int MESSAGE_BYTES = 64 << 20;

    private final KafkaRaftServer server;
    private final int openPort;
    private final int securedPort;

    private SecuredNode(KafkaRaftServer server, int openPort, int securedPort) {
        this.server = server;
        this.openPort = openPort;
        this.securedPort = securedPort;
    }

    /** Starts one that knows these users, each by its name as password. */
    public static SecuredNode start(Path directory, List<String> users) throws Exception {
        int openPort = ClusterNodes.freePort();
        int securedPort = ClusterNodes.freePort();
        Files.createDirectories(directory);
        Properties config =
                NodeConfig.of(directory, openPort, ClusterNodes.freePort(), MESSAGE_BYTES);
        String secured = SECURED + "://" + NodeConfig.HOST + ":" + securedPort;
        config.merge("listeners", secured, (before, more) -> before + "," + more);
        config.merge("advertised.listeners", secured, (before, more) -> before + "," + more);
        config.merge(
                "listener.security.protocol.map",
                SECURED + ":" + SECURED,
                (before, more) -> before + "," + more);
        config.put("authorizer.class.name", StandardAuthorizer.class.getName());
        config.put("super.users", "User:ANONYMOUS");
        config.put("sasl.enabled.mechanisms", "PLAIN");
        config.put(
                "listener.name.sasl_plaintext.plain.sasl.jaas.config",
                MODULE
                        + users.stream()
                                .map(user -> " user_" + user + "=\"" + user + "\"")
                                .collect(Collectors.joining())
                        + ";");
        EmbeddedBroker.format(directory);
        KafkaRaftServer server =
                new KafkaRaftServer(KafkaConfig.fromProps(config, false), Time.SYSTEM);
        server.startup();
        return new SecuredNode(server, openPort, securedPort);
    }

    /** For administration. */
    public String bootstrap() {
        return NodeConfig.HOST + ":" + openPort;
    }

    /** What a client is told to come as a user. */
    public Map<String, String> keysOf(String user) {
        return Map.of(
                "kafka.bootstrap.servers",
                NodeConfig.HOST + ":" + securedPort,
                "kafka.security.protocol",
                SECURED,
                "kafka.sasl.mechanism",
                "PLAIN",
                "kafka.sasl.jaas.config",
                "%s username=\"%s\" password=\"%s\";".formatted(MODULE, user, user));
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
