package io.maestream.app.fault;

import ai.djl.Device;
import io.maestream.app.training.Training;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.mae.Precision;
import io.maestream.mae.TrainStep;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.trainer.checkpoint.Restored;
import io.maestream.trainer.config.TrainerSettings;
import io.maestream.trainer.report.TrainingObserver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A trainer in a process of its own that says when it reaches a point and stands still there, so
 * that it can be killed. It warms up before it is told what to do: the next one can get ready while
 * this one trains.
 */
public final class TrainerProcess {

    static final String READY = "READY";
    static final String ACTIVE = "ACTIVE";
    static final String REACHED = "REACHED";

    private final KillPoint point;
    private final AtomicInteger timesLeft;

    private TrainerProcess(KillPoint point, int times) {
        this.point = point;
        this.timesLeft = new AtomicInteger(times);
    }

    /** Arguments: brokers, run, directory. On standard input: point, times passed, last step. */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[2]);
        TrainerSettings settings = Training.settings(args[1], directory, KillSeries.KEYS);
        TrainStep.open(settings.mae(Precision.FP32), Device.cpu()).close();
        say(READY);
        String[] order =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                        .readLine()
                        .split(" ");
        TrainerProcess process =
                new TrainerProcess(KillPoint.valueOf(order[0]), Integer.parseInt(order[1]));
        FileSystemStore store =
                new FileSystemStore(
                        directory, at -> KillPoint.of(at).ifPresent(process::standStillAt));
        Training.service(
                        settings.until(Long.parseLong(order[2])),
                        Training.alertClients(args[0]),
                        store,
                        process.observer())
                .run();
        System.exit(0);
    }

    private TrainingObserver observer() {
        return new TrainingObserver() {
            @Override
            public void restoring(String checkpointId) {
                standStillAt(KillPoint.IN_RESTORE);
            }

            @Override
            public void started(String runId, Optional<Restored> from) {
                say(ACTIVE);
            }

            @Override
            public void stepping(long step) {
                // The step goes on: the kill comes while native code changes the weights.
                if (isReached(KillPoint.MID_STEP)) {
                    say(REACHED);
                }
            }

            @Override
            public void committing(CheckpointCommitted event) {
                standStillAt(KillPoint.IN_TRANSACTION);
            }

            @Override
            public void committed(CheckpointCommitted event) {
                standStillAt(KillPoint.AFTER_COMMIT);
            }
        };
    }

    private boolean isReached(KillPoint passed) {
        return passed == point && timesLeft.decrementAndGet() == 0;
    }

    private void standStillAt(KillPoint passed) {
        if (isReached(passed)) {
            say(REACHED);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
