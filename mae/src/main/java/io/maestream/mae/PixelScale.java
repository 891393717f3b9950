package io.maestream.mae;

/**
 * From uint8 values to normalised ones, {@code x·scale + shift}, by {@link PixelStatistics}.
 *
 * @param scale one per value of a patch
 * @param shift one per value of a patch
 */
record PixelScale(float[] scale, float[] shift) {

    static PixelScale of(MaeShape shape) {
        int values = shape.patchValues();
        int channels = shape.image().channels();
        float[] scale = new float[values];
        float[] shift = new float[values];
        PixelStatistics statistics = PixelStatistics.of(channels);
        for (int i = 0; i < values; i++) {
            double mean = statistics.mean().get(i % channels);
            double deviation = statistics.deviation().get(i % channels);
            scale[i] = (float) (1 / (255 * deviation));
            shift[i] = (float) (-mean / deviation);
        }
        return new PixelScale(scale, shift);
    }
}
