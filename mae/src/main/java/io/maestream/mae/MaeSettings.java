package io.maestream.mae;

/**
 * All that decides a model's steps besides the data.
 *
 * @param shape of the model
 * @param objective what is learned
 * @param optimizer how weights change
 * @param precision arithmetic
 * @param seed of the initial weights
 * @param emaDecay of the exponential moving average of the weights; 0 keeps none
 */
public record MaeSettings(
        MaeShape shape,
        Objective objective,
        AdamWSettings optimizer,
        Precision precision,
        long seed,
        double emaDecay) {

    public MaeSettings {
        shape.visible(objective.maskRatio());
        new AverageDecay(emaDecay);
    }

    /** Settings of a model without an average of its weights. */
    public MaeSettings(
            MaeShape shape,
            Objective objective,
            AdamWSettings optimizer,
            Precision precision,
            long seed) {
        this(shape, objective, optimizer, precision, seed, 0);
    }
}
