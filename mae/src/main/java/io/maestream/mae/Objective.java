package io.maestream.mae;

/**
 * What is learned.
 *
 * @param maskRatio share of the patches that is hidden; the paper's is 0.75
 * @param normPix whether a target patch is normalised by its own mean and variance
 */
public record Objective(double maskRatio, boolean normPix) {

    public Objective {
        if (!(maskRatio > 0 && maskRatio < 1)) {
            throw new IllegalArgumentException(
                    "mask ratio must lie between 0 and 1, got " + maskRatio);
        }
    }
}
