package io.maestream.trainer;

import io.maestream.mae.StepResult;
import io.maestream.mae.TrainStep;
import io.maestream.mae.schedule.LearningRateSchedule;
import io.maestream.trainer.checkpoint.Boundary;
import io.maestream.trainer.checkpoint.Checkpointing;
import io.maestream.trainer.command.RunControl;
import io.maestream.trainer.feed.Feed;
import io.maestream.trainer.feed.FeedState;
import io.maestream.trainer.feed.TrainingBatch;
import io.maestream.trainer.report.Panels;
import io.maestream.trainer.report.StepReport;
import io.maestream.trainer.report.StepReport.Timing;
import io.maestream.trainer.report.TrainingObserver;
import java.time.Duration;
import java.util.Optional;

/**
 * The room to read first: poll, feed, step, observe, checkpoint, until told to stop. Runs on one
 * thread; the weights change in {@link TrainStep} alone, and only between two steps are they kept.
 */
final class TrainingLoop {

    private static final Duration PATIENCE = Duration.ofMillis(250);
    private static final double LOSS_SMOOTHING = 0.05;

    private final Parts parts;
    private final TrainingObserver observer;
    private final Panels panels;
    private Progress progress;
    private FeedState fed;
    private double smoothedLoss;

    /** What is trained, on what, and when it is kept. */
    record Parts(
            Feed feed,
            TrainStep step,
            LearningRateSchedule rate,
            Checkpointing keep,
            RunControl control,
            DivergenceGuard divergence) {}

    /**
     * @param start where it goes on from
     */
    TrainingLoop(Parts parts, TrainingObserver observer, Panels panels, Boundary start) {
        this.parts = parts;
        this.observer = observer;
        this.panels = panels;
        this.progress = start.progress();
        this.fed = start.feed();
        this.smoothedLoss = start.loss();
    }

    /**
     * Trains until {@code stop} says so, then commits what was trained.
     *
     * @return where it ended
     */
    Boundary run(StopCondition stop) {
        while (!stop.reached(boundary())) {
            if (parts.control().mayStep()) {
                next();
            }
            parts.keep().at(boundary());
        }
        parts.keep().finish(boundary());
        return boundary();
    }

    private void next() {
        long began = System.nanoTime();
        Optional<TrainingBatch> batch = parts.feed().next(PATIENCE);
        Duration waited = Duration.ofNanos(System.nanoTime() - began);
        batch.ifPresentOrElse(taken -> train(taken, waited), () -> observer.idle(waited));
    }

    private void train(TrainingBatch batch, Duration waited) {
        fed = batch.after();
        if (batch.size() == 0) {
            return;
        }
        observer.stepping(progress.step());
        double rate = parts.rate().learningRate(parts.step().step());
        long began = System.nanoTime();
        StepResult result = parts.step().run(batch.images(), rate);
        Timing timing = new Timing(Duration.ofNanos(System.nanoTime() - began), waited);
        progress = progress.after(result.applied(), batch.size());
        smooth(result);
        long lag = parts.feed().lag();
        int held = parts.step().arraysHeld();
        observer.stepped(
                new StepReport(progress, result, batch.sourceIds(), rate, timing, lag, held));
        panels.after(parts.step(), batch).ifPresent(observer::panel);
        if (parts.divergence().mustGoBack(progress)) {
            progress = parts.keep().goBack(boundary());
        }
    }

    private void smooth(StepResult result) {
        if (result.applied()) {
            smoothedLoss =
                    Double.isNaN(smoothedLoss)
                            ? result.loss()
                            : smoothedLoss + LOSS_SMOOTHING * (result.loss() - smoothedLoss);
        }
    }

    Boundary boundary() {
        return new Boundary(progress, fed, smoothedLoss);
    }
}
