package io.maestream.app.training;

import io.maestream.checkpoints.s3.S3Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/** S3Proxy as a process, where the build of the checkpoints' module has put it. */
public final class ObjectStoreProcess implements AutoCloseable {
    public static final Path JAR = Path.of("..", "checkpoints", "target", "servers", "s3proxy.jar");
    private static final S3Settings.Keys KEYS = new S3Settings.Keys("identity", "credential");

    private final Process process;
    private final int port;

    private ObjectStoreProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** A store with one bucket. */
    public static ObjectStoreProcess start(Path directory, String bucket) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path objects = directory.resolve("objects");
        Files.createDirectories(objects.resolve(bucket));
        Path config = directory.resolve("s3proxy.conf");
        Files.writeString(
                config,
                """
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """
                        .formatted(port, KEYS.access(), KEYS.secret(), objects));
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx256m",
                                        "-jar",
                                        JAR.toString(),
                                        "--properties",
                                        config.toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("s3proxy.log").toFile())
                        .start();
        ObjectStoreProcess store = new ObjectStoreProcess(process, port);
        // It answers on its port when it has started.
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(store::answers);
        return store;
    }

    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    public S3Settings settings() {
        return settings(endpoint());
    }

    static S3Settings settings(String endpoint) {
        return new S3Settings(
                Optional.of(endpoint),
                Optional.empty(),
                true,
                Optional.of(KEYS),
                Duration.ofSeconds(20));
    }

    /** The keys as a properties file, since they must not be on a command line. */
    Path config(Path file) throws IOException {
        return Files.writeString(
                file,
                """
                checkpoint.s3.endpoint=%s
                checkpoint.s3.access.key=%s
                checkpoint.s3.secret.key=%s
                """
                        .formatted(endpoint(), KEYS.access(), KEYS.secret()));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
