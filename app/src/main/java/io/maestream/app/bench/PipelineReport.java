package io.maestream.app.bench;

import io.maestream.trainer.report.StepReport;
import java.util.List;

/**
 * How fast the whole service trained.
 *
 * @param imagesPerSecond by the clock, from the end of the warm-up to the last step
 * @param stepImagesPerSecond by the steps alone, in the same run
 * @param dataWaitShare share of the time that steps waited for their batch
 * @param steps how many were counted
 */
public record PipelineReport(
        double imagesPerSecond, double stepImagesPerSecond, double dataWaitShare, int steps) {
    /** A step, and the moment at which it was reported. */
    public record TimedStep(long nanos, StepReport.Timing timing) {}

    /**
     * From all steps of a run.
     *
     * @param warmup so many steps at the beginning do not count; 1 or more
     */
    static PipelineReport of(List<TimedStep> all, int warmup, int batch) {
        if (warmup < 1 || all.size() <= warmup) {
            throw new IllegalArgumentException(
                    "of %d steps, %d of them to warm up, none is left to count"
                            .formatted(all.size(), warmup));
        }
        List<TimedStep> counted = all.subList(warmup, all.size());
        double seconds =
                (counted.get(counted.size() - 1).nanos() - all.get(warmup - 1).nanos()) / 1e9;
        double steps = counted.stream().mapToDouble(s -> s.timing().step().toNanos()).sum() / 1e9;
        double waits =
                counted.stream().mapToDouble(s -> s.timing().dataWait().toNanos()).sum() / 1e9;
        int images = counted.size() * batch;
        return new PipelineReport(
                images / seconds, images / steps, waits / seconds, counted.size());
    }
}
