package io.maestream.app.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A single-node Kafka (KRaft) in this process. Topics, records and committed offsets live under
 * {@code <data-dir>/kafka} and survive a restart, also on another port, and a killed process.
 *
 * <p>It listens on loopback only: it is for demos, tests and single machines, not a cluster.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String DIRECTORY = "kafka";

    private final BrokerSettings settings;
    private DirectoryLock lock;
    private KafkaRaftServer server;
    private int port;

    /** A broker that is not started yet and has touched nothing. */
    public EmbeddedBroker(BrokerSettings settings) {
        this.settings = settings;
    }

    /**
     * Starts the broker and returns once it takes requests: about 3 s on a new directory, under 1 s
     * on an old one. Does nothing if it runs already.
     *
     * @throws DataDirectoryInUseException if another process holds the data directory
     * @throws BrokerStartException if Kafka does not start, for example on a taken port
     */
    public synchronized EmbeddedBroker start() {
        if (server != null) {
            return this;
        }
        lock = DirectoryLock.take(settings.dataDir());
        try {
            port = choosePort();
            startServer();
        } catch (Exception e) {
            close();
            throw startFailure(e);
        }
        return this;
    }

    /**
     * Host and port for {@code bootstrap.servers}.
     *
     * @throws IllegalStateException if the broker is not running
     */
    public synchronized String bootstrapServers() {
        if (server == null) {
            throw new IllegalStateException("The embedded broker is not running; start it first");
        }
        return NodeConfig.HOST + ":" + port;
    }

    /** Shuts the broker down in an orderly way and lets go of the directory; idempotent. */
    @Override
    public synchronized void close() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }

    private void startServer() throws Exception {
        Path directory = settings.dataDir().resolve(DIRECTORY).toAbsolutePath();
        Files.createDirectories(directory);
        format(directory);
        var node = NodeConfig.of(directory, port, freePort(), settings.maxMessageBytes());
        server = new KafkaRaftServer(KafkaConfig.fromProps(node, false), Time.SYSTEM);
        server.startup();
    }

    static void format(Path directory) throws Exception {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(Integer.parseInt(NodeConfig.NODE_ID))
                .setControllerListenerName(NodeConfig.CONTROLLER_LISTENER)
                .setMetadataLogDirectory(Optional.of(directory.toString()))
                .addDirectory(directory.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setHasDynamicQuorum(false)
                .setUnstableFeatureVersionsEnabled(false)
                .setIgnoreFormatted(false)
                .run();
    }

    private int choosePort() {
        try (ServerSocket probe =
                new ServerSocket(settings.port(), 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new BrokerStartException(
                    "Port "
                            + settings.port()
                            + " of the loopback interface cannot be opened ("
                            + e.getMessage()
                            + "); choose another with "
                            + BrokerSettings.PORT
                            + ", or 0 for any free one",
                    e);
        }
    }

    private BrokerStartException startFailure(Exception cause) {
        if (cause instanceof BrokerStartException known) {
            return known;
        }
        return new BrokerStartException(
                "The embedded broker did not start in "
                        + settings.dataDir()
                        + ": "
                        + cause.getMessage()
                        + ". Is the disk full, or the directory read-only?",
                cause);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No free port on the loopback interface", e);
        }
    }
}
