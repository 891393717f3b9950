package io.maestream.mae;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** Small models and batches for tests. */
final class Fixtures {

    static final MaeShape SMALL =
            new MaeShape(
                    new ImageShape(16, 4, 3), new TowerShape(16, 2, 2), new TowerShape(12, 2, 3));

    static final MaeShape GREY =
            new MaeShape(
                    new ImageShape(16, 4, 1), new TowerShape(16, 2, 2), new TowerShape(12, 2, 3));

    /** More patches than the others, one decoder block, a decoder as wide as the encoder. */
    static final MaeShape WIDE =
            new MaeShape(
                    new ImageShape(48, 6, 3), new TowerShape(32, 3, 4), new TowerShape(32, 1, 2));

    private Fixtures() {}

    static MaeSettings settings(MaeShape shape, Precision precision) {
        return settings(shape, precision, new Objective(0.75, true));
    }

    static MaeSettings settings(MaeShape shape, Precision precision, Objective objective) {
        return new MaeSettings(shape, objective, AdamWSettings.paper(), precision, 42);
    }

    /** Smooth pictures with a little noise, so that there is something to learn. */
    static ImageBatch batch(MaeShape shape, int size, long seed) {
        ImageShape image = shape.image();
        Random random = new Random(seed);
        ByteBuffer pixels =
                ByteBuffer.allocateDirect(size * image.size() * image.size() * image.channels());
        for (int b = 0; b < size; b++) {
            double fx = random.nextDouble() * 0.4;
            double fy = random.nextDouble() * 0.4;
            for (int y = 0; y < image.size(); y++) {
                for (int x = 0; x < image.size(); x++) {
                    for (int c = 0; c < image.channels(); c++) {
                        double wave = Math.sin(fx * x + c) + Math.cos(fy * y - c);
                        pixels.put((byte) (127 + 55 * wave + random.nextInt(8)));
                    }
                }
            }
        }
        long[] seeds = new long[size];
        Arrays.setAll(seeds, i -> random.nextLong());
        return new ImageBatch(pixels.flip(), size, seeds);
    }
}
