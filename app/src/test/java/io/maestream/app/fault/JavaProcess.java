package io.maestream.app.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

final class JavaProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private record Awaited(String prefix, CountDownLatch seen) {}

    private final List<Awaited> awaited = new CopyOnWriteArrayList<>();

    private JavaProcess(Process process) {
        this.process = process;
        Thread listener = new Thread(this::listen, "listener-" + process.pid());
        listener.setDaemon(true);
        listener.start();
    }

    static JavaProcess start(Class<?> main, Path directory, List<String> args) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Dai.djl.offline=true",
                                "-DOPT_OUT_TRACKING=true",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        command.addAll(args);
        try {
            return new JavaProcess(
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives it a line to read. */
    void tell(String line) {
        try {
            Writer input = process.outputWriter(StandardCharsets.UTF_8);
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a line that begins so. */
    void awaitLine(String prefix) {
        awaitLine(prefix, PATIENCE);
    }

    void awaitLine(String prefix, Duration patience) {
        Awaited line = new Awaited(prefix, new CountDownLatch(1));
        awaited.add(line);
        if (lines.stream().anyMatch(seen -> seen.startsWith(prefix))) {
            return;
        }
        try {
            assertThat(line.seen().await(patience.toMillis(), TimeUnit.MILLISECONDS))
                    .as("'%s' within %s, but there was: %s", prefix, patience, lines)
                    .isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(lines).anyMatch(seen -> seen.startsWith(prefix));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL; false if it had ended by itself. */
    boolean kill() {
        process.destroyForcibly();
        return awaitExit() == 137;
    }

    /** SIGTERM, and the exit status. */
    int terminate() {
        process.destroy();
        return awaitExit();
    }

    /** STOP or CONT. */
    void signal(String name) {
        try {
            Process sent = new ProcessBuilder("kill", "-" + name, "" + pid()).start();
            assertThat(sent.waitFor()).isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    int awaitExit() {
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> !process.isAlive());
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitExit();
    }

    private void listen() {
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                String heard = line;
                lines.add(heard);
                awaited.stream()
                        .filter(wanted -> heard.startsWith(wanted.prefix()))
                        .forEach(wanted -> wanted.seen().countDown());
            }
        } catch (IOException e) {
        } finally {
            // Nothing more will come: whoever waits finds out now.
            awaited.forEach(wanted -> wanted.seen().countDown());
        }
    }
}
