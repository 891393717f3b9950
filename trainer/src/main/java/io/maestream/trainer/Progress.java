package io.maestream.trainer;

/**
 * How far a run is.
 *
 * @param step steps applied to the weights since the run began
 * @param imagesSeen images those steps trained on
 * @param skippedSteps steps whose loss or gradient was not finite
 * @param skippedInARow how many of these there were since the last step that was applied
 */
public record Progress(long step, long imagesSeen, long skippedSteps, int skippedInARow) {

    /** A run that has not begun. */
    public static final Progress NONE = new Progress(0, 0, 0, 0);

    /** After one more step on {@code images} images. */
    public Progress after(boolean applied, int images) {
        return applied
                ? new Progress(step + 1, imagesSeen + images, skippedSteps, 0)
                : new Progress(step, imagesSeen, skippedSteps + 1, skippedInARow + 1);
    }
}
