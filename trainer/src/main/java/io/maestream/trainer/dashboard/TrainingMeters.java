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

    private static final String RUN = "run";

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

    /** Where the meters are, and of which run they are. */
    record Place(MeterRegistry registry, String runId) {}

    TrainingMeters(Place place, TrainingBoard board, Clock clock) {
        this.clock = clock;
        steps = counter(place, "steps", "Steps applied to the weights");
        skipped = counter(place, "steps.skipped", "Steps whose loss or gradient was not finite");
        images = counter(place, "images", "Images trained on");
        checkpoints = counter(place, "checkpoints", "Checkpoints committed");
        retries = counter(place, "checkpoint.retries", "Failed tries to commit a checkpoint");
        rejected = counter(place, "records.rejected", "Records the trainer left out");
        divergences = counter(place, "divergences", "Returns to the last checkpoint");
        stepTime = timer(place, "step.duration", "Time of a step, data wait not included");
        waitTime = timer(place, "data.wait", "Time that a step waited for its batch");
        gauges(place, board);
    }

    private void gauges(Place place, TrainingBoard board) {
        gauge(place, "loss", "Loss of the last step", () -> values.get().loss());
        gauge(
                place,
                "gradient.norm",
                "Gradient norm of the last step before clipping",
                () -> values.get().norm());
        gauge(place, "learning.rate", "Learning rate of the last step", () -> values.get().rate());
        gauge(place, "lag.records", "Prepared images not yet polled", () -> values.get().lag());
        gauge(place, "step", "Steps since the run began", () -> values.get().step());
        gauge(
                place,
                "native.arrays",
                "Native arrays that outlive a step",
                () -> values.get().arrays());
        gauge(place, "ready", "1 when /readyz says 200", () -> board.readiness().ready() ? 1 : 0);
        gauge(
                place,
                "checkpoint.age.seconds",
                "Since the last checkpoint was committed",
                this::checkpointAge);
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

    private static Counter counter(Place place, String name, String description) {
        return Counter.builder("maestream." + name)
                .description(description)
                .tag(RUN, place.runId())
                .register(place.registry());
    }

    private static Timer timer(Place place, String name, String description) {
        return Timer.builder("maestream." + name)
                .description(description)
                .tag(RUN, place.runId())
                .register(place.registry());
    }

    private static void gauge(
            Place place, String name, String description, Supplier<Number> value) {
        Gauge.builder("maestream." + name, value)
                .description(description)
                .tag(RUN, place.runId())
                .register(place.registry());
    }
}
