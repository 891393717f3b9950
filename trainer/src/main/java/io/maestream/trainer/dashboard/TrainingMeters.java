package io.maestream.trainer.dashboard;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.trainer.Progress;
import io.maestream.trainer.feed.BadRecord;
import io.maestream.trainer.report.StepReport;
import io.maestream.trainer.report.TrainingObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Meters what the trainer does; {@code docs/operations.md} lists the names. */
final class TrainingMeters implements TrainingObserver {

    private final Clock clock;
    private final Counter steps;
    private final Counter skipped;
    private final Counter images;
    private final Counter checkpoints;
    private final Counter retries;
    private final Counter rejected;
    private final Counter divergences;
    private final Timer stepTime;
    private final Timer waitTime;
    private final AtomicReference<Values> values =
            new AtomicReference<>(new Values(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, 0));
    private volatile double lastCheckpoint = Double.NaN;

    /** The last step's. */
    private record Values(
            double loss, double norm, double rate, double lag, double step, double arrays) {}

    TrainingMeters(MeterRegistry registry, TrainingBoard board, Clock clock) {
        this.clock = clock;
        steps = counter(registry, "steps", "Steps applied to the weights");
        skipped = counter(registry, "steps.skipped", "Steps whose loss or gradient was not finite");
        images = counter(registry, "images", "Images trained on");
        checkpoints = counter(registry, "checkpoints", "Checkpoints committed");
        retries = counter(registry, "checkpoint.retries", "Failed tries to commit a checkpoint");
        rejected = counter(registry, "records.rejected", "Records the trainer left out");
        divergences = counter(registry, "divergences", "Returns to the last checkpoint");
        stepTime = Timer.builder("maestream.step.duration").register(registry);
        waitTime = Timer.builder("maestream.data.wait").register(registry);
        gauge(registry, "loss", () -> values.get().loss());
        gauge(registry, "gradient.norm", () -> values.get().norm());
        gauge(registry, "learning.rate", () -> values.get().rate());
        gauge(registry, "lag.records", () -> values.get().lag());
        gauge(registry, "step", () -> values.get().step());
        gauge(registry, "native.arrays", () -> values.get().arrays());
        gauge(registry, "ready", () -> board.readiness().ready() ? 1 : 0);
        gauge(registry, "checkpoint.age.seconds", this::checkpointAge);
    }

    @Override
    public void stepped(StepReport step) {
        (step.result().applied() ? steps : skipped).increment();
        images.increment(step.sourceIds().size());
        stepTime.record(step.timing().step());
        waitTime.record(step.timing().dataWait());
        values.set(
                new Values(
                        step.result().loss(),
                        step.result().gradientNorm(),
                        step.learningRate(),
                        step.lag() < 0 ? Double.NaN : step.lag(),
                        step.progress().step(),
                        step.arraysHeld()));
    }

    @Override
    public void committed(CheckpointCommitted event) {
        checkpoints.increment();
        lastCheckpoint = event.getCommittedAt().toEpochMilli() / 1e3;
    }

    @Override
    public void checkpointLate(String checkpointId, String reason, Duration nextTry) {
        retries.increment();
    }

    @Override
    public void wentBack(String checkpointId, Progress from) {
        divergences.increment();
    }

    @Override
    public void badRecord(BadRecord bad) {
        rejected.increment();
    }

    private double checkpointAge() {
        return clock.millis() / 1e3 - lastCheckpoint;
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder("maestream." + name).description(description).register(registry);
    }

    private static void gauge(MeterRegistry registry, String name, Supplier<Number> value) {
        Gauge.builder("maestream." + name, value).register(registry);
    }
}
