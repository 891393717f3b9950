package io.maestream.mae;

/**
 * How fast an exponential moving average of the weights follows them.
 *
 * @param decay share of the average that stays with every step, in [0, 1); 0 for no average
 */
record AverageDecay(double decay) {

    AverageDecay {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException(
                    "the decay of the weights' average must lie in 0 to 1, got " + decay);
        }
    }

    boolean isOn() {
        return decay > 0;
    }

    /**
     * The share of the new weights after a step. Young averages follow faster (the ramp of
     * TensorFlow's ExponentialMovingAverage), or they would remember the initial weights for long.
     *
     * @param step steps applied, this one included
     */
    double share(long step) {
        return 1 - Math.min(decay, (1.0 + step) / (10.0 + step));
    }
}
