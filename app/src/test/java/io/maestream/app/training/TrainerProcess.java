package io.maestream.app.training;

import io.maestream.checkpoints.FileSystemStore;
import io.maestream.checkpoints.PublishPoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A trainer in a process of its own that stands still at a named point of its checkpoints, so that
 * it can be killed there.
 */
public final class TrainerProcess {

    private static final String REACHED = "REACHED ";

    private TrainerProcess() {}

    /** Arguments: brokers, run, directory, point (or NONE), step to stop at. */
    public static void main(String[] args) {
        Path directory = Path.of(args[2]);
        FileSystemStore store =
                new FileSystemStore(
                        directory,
                        point -> {
                            if (point.name().equals(args[3])) {
                                standStill(point);
                            }
                        });
        var settings =
                Training.settings(args[1], directory, Map.of("checkpoint.every.images", "20"))
                        .until(Long.parseLong(args[4]));
        Training.service(settings, Training.clients(args[0]), store).run();
    }

    private static void standStill(PublishPoint point) {
        System.out.println(REACHED + point);
        System.out.flush();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts one, waits until it stands still at the point, and kills it with SIGKILL. */
    static void killAt(PublishPoint point, String bootstrap, String run, Path directory)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx512m",
                                        "-XX:TieredStopAtLevel=1",
                                        "-Dai.djl.offline=true",
                                        "-DOPT_OUT_TRACKING=true",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        TrainerProcess.class.getName(),
                                        bootstrap,
                                        run,
                                        directory.toString(),
                                        point.name(),
                                        "1000000"))
                        .redirectErrorStream(true)
                        .start();
        try {
            awaitPoint(process);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void awaitPoint(Process process) {
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            StringBuilder seen = new StringBuilder();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(REACHED)) {
                    return;
                }
                seen.append(line).append('\n');
            }
            throw new IllegalStateException("the trainer ended before the point:\n" + seen);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
