package io.maestream.ingest.source.scene;

import java.util.SplittableRandom;

/**
 * What a camera's sensor makes of a scene: slowly changing daylight, and a little noise. The noise
 * is low on purpose: the model is scored on patches normalised by their own variance, where noise
 * on a flat wall counts as much as a window.
 */
final class Sensor {

    private static final int LEVELS = 256;
    private static final int NOISE = 1 << 17;
    private static final double NOISE_SIGMA = 0.8;
    private static final double DAY_SECONDS = 480;
    private static final double[] WARMTH = {-0.06, 0.0, 0.05};

    private final long seed;
    private final byte[] noise = new byte[NOISE];

    Sensor(long seed) {
        this.seed = seed;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < NOISE; i++) {
            noise[i] = (byte) Math.round(random.nextGaussian() * NOISE_SIGMA);
        }
    }

    /** Changes the pixels in place, (height, width, 3) in the order blue, green, red. */
    void expose(byte[] pixels, long frame, double seconds) {
        byte[][] levels = levels(seconds);
        int at = (int) Noise.mix(seed ^ Noise.mix(frame));
        for (int i = 0; i < pixels.length; i++) {
            int lit =
                    (levels[i % Raster.CHANNELS][pixels[i] & 0xFF] & 0xFF)
                            + noise[at++ & NOISE - 1];
            pixels[i] = (byte) (lit < 0 ? 0 : Math.min(lit, LEVELS - 1));
        }
    }

    private byte[][] levels(double seconds) {
        double phase = 2 * Math.PI * (seconds / DAY_SECONDS + Noise.hash(seed, 1));
        byte[][] levels = new byte[Raster.CHANNELS][LEVELS];
        for (int channel = 0; channel < Raster.CHANNELS; channel++) {
            double gain = 0.9 + 0.12 * Math.sin(phase) + WARMTH[channel] * Math.cos(phase);
            for (int level = 0; level < LEVELS; level++) {
                levels[channel][level] = (byte) Math.min(LEVELS - 1, Math.round(level * gain));
            }
        }
        return levels;
    }
}
