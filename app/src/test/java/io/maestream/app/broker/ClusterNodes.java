package io.maestream.app.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A cluster whose nodes are processes; every record lies on three of them, two must have it. */
public final class ClusterNodes {

    public static final String READY = "READY";

    private static final int MESSAGE_BYTES = 64 << 20;

    /**
     * @param id of the node
     * @param directory of its data
     * @param port for clients
     * @param cluster id of the cluster
     * @param voters all controllers, as Kafka writes them
     */
    public record Node(int id, Path directory, int port, String cluster, String voters) {

        /** What the node's process is told. */
        public List<String> args() {
            return List.of("" + id, directory.toString(), "" + port, cluster, voters);
        }
    }

    private ClusterNodes() {}

    /** So many nodes that have not been started. */
    public static List<Node> of(int count, Path root) {
        String cluster = Uuid.randomUuid().toString();
        List<String> voters = new ArrayList<>();
        for (int id = 1; id <= count; id++) {
            voters.add(id + "@" + NodeConfig.HOST + ":" + freePort());
        }
        List<Node> nodes = new ArrayList<>();
        for (int id = 1; id <= count; id++) {
            nodes.add(
                    new Node(
                            id,
                            root.resolve("node-" + id),
                            freePort(),
                            cluster,
                            String.join(",", voters)));
        }
        return nodes;
    }

    public static String bootstrap(List<Node> nodes) {
        return nodes.stream()
                .map(node -> NodeConfig.HOST + ":" + node.port())
                .collect(Collectors.joining(","));
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A node; arguments as {@link Node#args} makes them. */
    public static void main(String[] args) throws Exception {
        Node node =
                new Node(
                        Integer.parseInt(args[0]),
                        Path.of(args[1]),
                        Integer.parseInt(args[2]),
                        args[3],
                        args[4]);
        Files.createDirectories(node.directory());
        format(node);
        KafkaRaftServer server =
                new KafkaRaftServer(KafkaConfig.fromProps(config(node), false), Time.SYSTEM);
        server.startup();
        System.out.println(READY);
        System.out.flush();
        server.awaitShutdown();
    }

    private static Properties config(Node node) {
        int controllerPort =
                Integer.parseInt(node.voters().split(",")[node.id() - 1].replaceAll(".*:", ""));
        Properties config =
                NodeConfig.of(node.directory(), node.port(), controllerPort, MESSAGE_BYTES);
        config.put("node.id", "" + node.id());
        config.put("controller.quorum.voters", node.voters());
        for (String topic : List.of("offsets.topic", "transaction.state.log")) {
            config.put(topic + ".replication.factor", "3");
        }
        config.put("transaction.state.log.min.isr", "2");
        config.put("default.replication.factor", "3");
        config.put("min.insync.replicas", "2");
        // What a cluster has that nobody tuned.
        config.remove("broker.session.timeout.ms");
        config.remove("broker.heartbeat.interval.ms");
        return config;
    }

    private static void format(Node node) throws Exception {
        if (!Files.exists(node.directory().resolve("meta.properties"))) {
            new Formatter()
                    .setClusterId(node.cluster())
                    .setNodeId(node.id())
                    .setControllerListenerName(NodeConfig.CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(Optional.of(node.directory().toString()))
                    .addDirectory(node.directory().toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setHasDynamicQuorum(false)
                    .setUnstableFeatureVersionsEnabled(false)
                    .setIgnoreFormatted(false)
                    .run();
        }
    }
}
