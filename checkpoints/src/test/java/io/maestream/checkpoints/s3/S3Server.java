package io.maestream.checkpoints.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/** S3Proxy, an S3 server that keeps objects as files, as a process on a free port. */
final class S3Server implements AutoCloseable {

    static final S3Settings.Keys KEYS = new S3Settings.Keys("test-identity", "test-credential");

    private final Process process;
    private final int port;

    private S3Server(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static S3Server start(Path directory) throws IOException {
        int port = freePort();
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
                        .formatted(
                                port,
                                KEYS.access(),
                                KEYS.secret(),
                                Files.createDirectories(directory.resolve("objects"))));
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx256m",
                                        "-jar",
                                        Path.of("target/servers/s3proxy.jar").toString(),
                                        "--properties",
                                        config.toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("s3proxy.log").toFile())
                        .start();
        S3Server server = new S3Server(process, port);
        // It answers on its port when it has started.
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(server::answers);
        return server;
    }

    S3Settings settings() {
        return settings(KEYS, Duration.ofSeconds(20));
    }

    S3Settings settings(S3Settings.Keys keys, Duration patience) {
        return new S3Settings(
                Optional.of("http://127.0.0.1:" + port),
                Optional.empty(),
                true,
                Optional.of(keys),
                patience);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the object store has ended");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
