package io.maestream.trainer.trigger.detect;

import java.util.Random;

/** Simulated losses of one camera: they fall while the model learns, under noise. */
final class Losses {

    private static final double START = 1.0;
    private static final double END = 0.4;
    private static final double LEARNING_STEPS = 300;

    private final Random random;
    private final double noise;
    private final double memory;
    private double deviation;

    /**
     * @param noise deviation of the loss's logarithm
     * @param memory how much of a step's deviation stays in the next: 0 for independent steps
     */
    Losses(long seed, double noise, double memory) {
        this.random = new Random(seed);
        this.noise = noise;
        this.memory = memory;
    }

    double at(long step) {
        double fresh = Math.sqrt(1 - memory * memory) * random.nextGaussian();
        deviation = memory * deviation + fresh;
        double learned = END + (START - END) * Math.exp(-step / LEARNING_STEPS);
        return learned * Math.exp(noise * deviation);
    }
}
