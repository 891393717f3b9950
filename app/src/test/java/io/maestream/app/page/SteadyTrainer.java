package io.maestream.app.page;

import io.maestream.mae.StepResult;
import io.maestream.schemas.observe.FanOut;
import io.maestream.trainer.Progress;
import io.maestream.trainer.feed.PartitionId;
import io.maestream.trainer.feed.RecordRef;
import io.maestream.trainer.feed.StreamRecord;
import io.maestream.trainer.report.StepReport;
import io.maestream.trainer.report.TrainingObserver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Says that it steps, so many times a second, and trains nothing. */
final class SteadyTrainer implements AutoCloseable {

    private static final List<String> SOURCES = List.of("gate", "hall", "yard", "gate");
    private static final PartitionId PARTITION = new PartitionId("images.prepared", 0);

    private final TrainingObserver observer;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Random random = new Random(7);
    private Progress progress = Progress.NONE;

    SteadyTrainer(List<TrainingObserver> observers) {
        this.observer = FanOut.of(TrainingObserver.class, observers);
    }

    void start(int stepsPerSecond) {
        observer.started("run", Optional.empty());
        clock.scheduleAtFixedRate(this::step, 0, 1_000 / stepsPerSecond, TimeUnit.MILLISECONDS);
    }

    long steps() {
        return progress.step();
    }

    private void step() {
        for (String source : SOURCES) {
            RecordRef ref = new RecordRef(PARTITION, progress.imagesSeen(), 0);
            observer.arrived(source, new StreamRecord(ref, null));
        }
        observer.waiting(Map.of(PARTITION, (long) random.nextInt(50)));
        progress = progress.after(true, SOURCES.size());
        float loss =
                (float)
                        (0.2
                                + 0.8 * Math.exp(-progress.step() / 2_000.0)
                                + 0.02 * random.nextGaussian());
        observer.stepped(
                new StepReport(
                        progress,
                        new StepResult(loss, 1 + loss, new float[] {loss, loss, loss, loss}, true),
                        SOURCES,
                        1e-3,
                        new StepReport.Timing(Duration.ofMillis(45), Duration.ofMillis(5)),
                        random.nextInt(50),
                        300));
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
