package io.maestream.mae;

import java.util.Arrays;

/** First values of the weights, each a function of seed, array and place alone. */
final class Initialiser {

    private static final double DEVIATION = 0.02;
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long seed;

    Initialiser(long seed) {
        this.seed = seed;
    }

    float[] values(ParameterSpec spec) {
        float[] values = new float[Math.toIntExact(spec.size())];
        long root = Masking.mix(seed ^ Masking.mix(spec.name().hashCode() * GOLDEN_GAMMA));
        switch (spec.start()) {
            case XAVIER -> xavier(values, root, spec.shape());
            case NORMAL -> normal(values, root);
            case ONE -> Arrays.fill(values, 1f);
            case ZERO -> Arrays.fill(values, 0f);
        }
        return values;
    }

    private static void xavier(float[] values, long root, long[] shape) {
        double out = shape[0];
        double in = values.length / out;
        double bound = Math.sqrt(6 / (in + out));
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (bound * (2 * unit(root, i) - 1));
        }
    }

    /** Box and Muller's transform. */
    private static void normal(float[] values, long root) {
        for (int i = 0; i < values.length; i++) {
            double radius = Math.sqrt(-2 * Math.log(1 - unit(root, 2L * i)));
            double angle = 2 * Math.PI * unit(root, 2L * i + 1);
            values[i] = (float) (DEVIATION * radius * Math.cos(angle));
        }
    }

    private static double unit(long root, long counter) {
        return (Masking.mix(root + (counter + 1) * GOLDEN_GAMMA) >>> 11) * 0x1.0p-53;
    }
}
