package io.maestream.trainer.report;

import io.maestream.mae.StepResult;
import io.maestream.trainer.Progress;
import java.time.Duration;
import java.util.List;

/**
 * What one step did.
 *
 * @param progress the run after the step
 * @param result loss, gradient norm, loss of each image
 * @param sourceIds the source of each image
 * @param learningRate used by the step
 * @param timing how long it took
 * @param lag records waiting, -1 if unknown
 * @param arraysHeld native arrays that live on after the step; grows only if memory leaks
 */
public record StepReport(
        Progress progress,
        StepResult result,
        List<String> sourceIds,
        double learningRate,
        Timing timing,
        long lag,
        int arraysHeld) {

    /**
     * @param step from the batch at hand to updated weights
     * @param dataWait waiting for the batch
     */
    public record Timing(Duration step, Duration dataWait) {}
}
