package io.maestream.app.training;

import io.maestream.app.StoreSettings;
import io.maestream.app.Stores;
import io.maestream.checkpoints.PublishPoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A trainer that stands still while the third file of its first checkpoint goes up. */
public final class S3Trainer {
    private static final String REACHED = "REACHED";
    private static final int THIRD = 3;

    private S3Trainer() {}

    /** Arguments: brokers, run, location, endpoint, cache. */
    public static void main(String[] args) {
        AtomicInteger files = new AtomicInteger();
        var store =
                Stores.open(
                        new StoreSettings(
                                args[2], ObjectStoreProcess.settings(args[3]), Path.of(args[4])),
                        point -> {
                            if (point == PublishPoint.MID_WRITE
                                    && files.incrementAndGet() == THIRD) {
                                standStill();
                            }
                        });
        var settings =
                Training.settings(
                        args[1], Path.of(args[4]), Map.of("checkpoint.every.images", "20"));
        Training.service(settings, Training.clients(args[0]), store).run();
    }

    private static void standStill() {
        System.out.println(REACHED);
        System.out.flush();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts one, waits until it stands still, and kills it with SIGKILL. */
    static void killWhileUploading(List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-XX:TieredStopAtLevel=1",
                                "-Dai.djl.offline=true",
                                "-DOPT_OUT_TRACKING=true",
                                "-cp",
                                System.getProperty("java.class.path"),
                                S3Trainer.class.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            StringBuilder seen = new StringBuilder();
            String line = output.readLine();
            while (line != null && !line.equals(REACHED)) {
                seen.append(line).append('\n');
                line = output.readLine();
            }
            if (line == null) {
                throw new IllegalStateException("the trainer ended before the point:\n" + seen);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
