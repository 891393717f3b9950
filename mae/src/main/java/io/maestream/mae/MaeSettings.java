package io.maestream.mae;

/**
 * All that decides a model's steps besides the data.
 *
 * @param shape of the model
 * @param objective what is learned
 * @param optimizer how weights change
 * @param precision arithmetic
 * @param seed of the initial weights
 */
public record MaeSettings(
        MaeShape shape,
        Objective objective,
        AdamWSettings optimizer,
        Precision precision,
        long seed) {

    public MaeSettings {
        shape.visible(objective.maskRatio());
    }
}
