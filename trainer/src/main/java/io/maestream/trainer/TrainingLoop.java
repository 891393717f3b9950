package io.maestream.trainer;

import io.maestream.mae.StepResult;
import io.maestream.mae.TrainStep;
import io.maestream.mae.schedule.LearningRateSchedule;
import io.maestream.trainer.checkpoint.Boundary;
import io.maestream.trainer.checkpoint.CheckpointCoordinator;
import io.maestream.trainer.feed.Feed;
import io.maestream.trainer.feed.FeedState;
import io.maestream.trainer.feed.TrainingBatch;
import io.maestream.trainer.report.Panels;
import io.maestream.trainer.report.StepReport;
import io.maestream.trainer.report.TrainingObserver;
import java.time.Duration;
import java.util.Optional;

/**
 * The room to read first: poll, feed, step, observe, checkpoint, until told to stop.
 *
 * <p>Runs on one thread. Records come from the feed in a decided order, the weights change in
 * {@link TrainStep} alone, and a checkpoint can only be taken between two steps.
 */
final class TrainingLoop {

    private static final Duration PATIENCE = Duration.ofMillis(250);
    private static final double LOSS_SMOOTHING = 0.05;

    private final Feed feed;
    private final TrainStep step;
    private final LearningRateSchedule schedule;
    private final CheckpointCoordinator checkpoints;
    private final Reporting reporting;
    private Progress progress;
    private FeedState fed;
    private double smoothedLoss = Double.NaN;

    /** Who is told, and who draws panels. */
    record Reporting(TrainingObserver observer, Panels panels) {}

    /** Where the loop stands when it begins. */
    record Start(Progress progress, FeedState fed) {}

    /** What is trained, on what, and when it is kept. */
    record Parts(
            Feed feed,
            TrainStep step,
            LearningRateSchedule schedule,
            CheckpointCoordinator checkpoints) {}

    TrainingLoop(Parts parts, Reporting reporting, Start start) {
        this.feed = parts.feed();
        this.step = parts.step();
        this.schedule = parts.schedule();
        this.checkpoints = parts.checkpoints();
        this.reporting = reporting;
        this.progress = start.progress();
        this.fed = start.fed();
    }

    /** Trains until {@code stop} says so, then commits what was trained. */
    void run(StopCondition stop) {
        while (!stop.reached(progress)) {
            long began = System.nanoTime();
            Optional<TrainingBatch> batch = feed.next(PATIENCE);
            Duration waited = Duration.ofNanos(System.nanoTime() - began);
            if (batch.isPresent()) {
                train(batch.get(), waited);
            } else {
                reporting.observer().idle(waited);
            }
            checkpoints.at(boundary());
        }
        checkpoints.finish(boundary());
    }

    private void train(TrainingBatch batch, Duration waited) {
        fed = batch.after();
        if (batch.size() == 0) {
            return;
        }
        double learningRate = schedule.learningRate(step.step());
        long began = System.nanoTime();
        StepResult result = step.run(batch.images(), learningRate);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        progress = progress.after(result.applied(), batch.size());
        smooth(result);
        reporting
                .observer()
                .stepped(
                        new StepReport(
                                progress,
                                result,
                                batch.sourceIds(),
                                learningRate,
                                new StepReport.Timing(took, waited),
                                feed.lag()));
        reporting.panels().after(step, batch).ifPresent(reporting.observer()::panel);
    }

    private void smooth(StepResult result) {
        if (result.applied()) {
            smoothedLoss =
                    Double.isNaN(smoothedLoss)
                            ? result.loss()
                            : smoothedLoss + LOSS_SMOOTHING * (result.loss() - smoothedLoss);
        }
    }

    private Boundary boundary() {
        return new Boundary(progress, fed, smoothedLoss);
    }
}
