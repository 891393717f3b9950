package io.maestream.trainer.dashboard;

import io.maestream.schemas.StepMetrics;
import io.maestream.trainer.report.StepReport;

/**
 * One point of the charts: a step, or the mean of several in a row.
 *
 * @param step of the last of them
 * @param at when the last of them was made, in milliseconds since 1970
 * @param loss NaN if it was not finite
 * @param gradientNorm likewise
 * @param learningRate of the step
 * @param imagesPerSecond waiting included
 * @param dataWait share of the time that went by waiting for images, 0 to 1
 * @param lag records waiting; NaN if unknown
 */
record StepPoint(
        long step,
        long at,
        double loss,
        double gradientNorm,
        double learningRate,
        double imagesPerSecond,
        double dataWait,
        double lag) {

    static StepPoint of(StepReport report, long at) {
        double waited = report.timing().dataWait().toNanos() / 1e9;
        double seconds = Math.max(1e-9, waited + report.timing().step().toNanos() / 1e9);
        return new StepPoint(
                report.progress().step(),
                at,
                finite(report.result().loss()),
                finite(report.result().gradientNorm()),
                report.learningRate(),
                report.sourceIds().size() / seconds,
                waited / seconds,
                report.lag() < 0 ? Double.NaN : report.lag());
    }

    /** A step that is known from its topic. */
    static StepPoint of(StepMetrics step) {
        double seconds = Math.max(1e-9, step.getDataWaitMillis() + step.getStepMillis());
        return new StepPoint(
                step.getStep(),
                step.getAt().toEpochMilli(),
                finite(step.getLoss()),
                finite(step.getGradientNorm()),
                step.getLearningRate(),
                step.getImagesPerSecond(),
                step.getDataWaitMillis() / seconds,
                step.getLag() < 0 ? Double.NaN : step.getLag());
    }

    /** The mean of two in a row; what only one of them knows is that one's. */
    StepPoint mean(StepPoint later) {
        return new StepPoint(
                later.step,
                later.at,
                mean(loss, later.loss),
                mean(gradientNorm, later.gradientNorm),
                mean(learningRate, later.learningRate),
                mean(imagesPerSecond, later.imagesPerSecond),
                mean(dataWait, later.dataWait),
                mean(lag, later.lag));
    }

    /** In the order of {@link DashboardJson#COLUMNS}. */
    double[] values() {
        return new double[] {
            step, at, loss, gradientNorm, learningRate, imagesPerSecond, dataWait, lag
        };
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : Double.NaN;
    }

    private static double mean(double one, double other) {
        if (Double.isNaN(one)) {
            return other;
        }
        return Double.isNaN(other) ? one : (one + other) / 2;
    }
}
