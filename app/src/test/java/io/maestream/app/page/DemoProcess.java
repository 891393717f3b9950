package io.maestream.app.page;

import io.maestream.app.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The demo in a process of its own, as a user starts it. */
final class DemoProcess implements AutoCloseable {

    private static final String DASHBOARD = "Dashboard at ";

    private final Process process;
    private final Path output;

    private DemoProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** With these options besides. */
    static DemoProcess start(Path dataDir, String... options) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx1g",
                                "-XX:+UseSerialGC",
                                "-Dai.djl.offline=true",
                                "-DOPT_OUT_TRACKING=true",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "demo",
                                "--data-dir",
                                dataDir.resolve("demo").toString()));
        command.addAll(List.of(options));
        Path output = dataDir.resolve("output.txt");
        return new DemoProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    /** The address that it says. */
    String dashboard() {
        return Awaitility.await("the demo says its address")
                .atMost(Duration.ofSeconds(60))
                .until(this::address, Optional::isPresent)
                .orElseThrow();
    }

    private Optional<String> address() {
        try {
            return Files.readAllLines(output).stream()
                    .filter(line -> line.startsWith(DASHBOARD))
                    .map(line -> line.substring(DASHBOARD.length()))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
