package io.maestream.ingest;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A real single-node broker in the tests' process. */
public final class TestBroker implements AutoCloseable {

    private final KafkaRaftServer server;
    private final int port = freePort();

    public TestBroker(Path directory) throws Exception {
        int controller = freePort();
        Properties node = new Properties();
        node.put("process.roles", "broker,controller");
        node.put("node.id", "1");
        node.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controller));
        node.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        node.put("controller.listener.names", "CONTROLLER");
        node.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        node.put("log.dirs", directory.toString());
        for (String topic : new String[] {"offsets.topic", "transaction.state.log"}) {
            node.put(topic + ".num.partitions", "1");
            node.put(topic + ".replication.factor", "1");
        }
        node.put("transaction.state.log.min.isr", "1");
        node.put("group.initial.rebalance.delay.ms", "0");
        node.put("auto.create.topics.enable", "false");
        node.put("log.cleaner.dedupe.buffer.size", "4194304");
        node.put("metric.reporters", "");
        format(directory);
        server = new KafkaRaftServer(KafkaConfig.fromProps(node, false), Time.SYSTEM);
        server.startup();
    }

    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path directory) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(Optional.of(directory.toString()))
                .addDirectory(directory.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .run();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
