package io.maestream.app.demo;

import java.util.Locale;

/**
 * Training at a glance.
 *
 * @param step steps since the run began
 * @param imagesSeen images since the run began
 * @param imagesPerSecond over the last steps, waiting included
 * @param loss mean over the last steps
 * @param learningRate of the last step
 * @param dataWaitShare share of the time that steps waited for images, 0 to 1
 * @param lag prepared images not yet polled, -1 if unknown
 */
public record TrainingState(
        long step,
        long imagesSeen,
        double imagesPerSecond,
        double loss,
        double learningRate,
        double dataWaitShare,
        long lag) {
    /** One line, without the step. */
    public String figures() {
        return String.format(
                Locale.ROOT,
                "%.1f images/s, loss %.4f, lr %.2e, data wait %.0f%%, lag %s",
                imagesPerSecond,
                loss,
                learningRate,
                100 * dataWaitShare,
                lag < 0 ? "?" : Long.toString(lag));
    }

    /** The same in few letters, for a line that a bar shares. */
    public String shortFigures() {
        return String.format(
                Locale.ROOT,
                "%.0f img/s loss %.3f lr %.1e wait %.0f%% lag %s",
                imagesPerSecond,
                loss,
                learningRate,
                100 * dataWaitShare,
                lag < 0 ? "?" : Long.toString(lag));
    }

    /** One line, complete. */
    public String line() {
        return "step " + step + ", " + imagesSeen + " images, " + figures();
    }
}
