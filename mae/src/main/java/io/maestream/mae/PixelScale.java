package io.maestream.mae;

/**
 * From uint8 values to normalised ones, {@code x·scale + shift}, by ImageNet's mean and deviation;
 * grey takes the mean of the three.
 *
 * @param scale one per value of a patch
 * @param shift one per value of a patch
 */
record PixelScale(float[] scale, float[] shift) {

    private static final double[] MEAN = {0.485, 0.456, 0.406};
    private static final double[] DEVIATION = {0.229, 0.224, 0.225};

    static PixelScale of(MaeShape shape) {
        int values = shape.patchValues();
        int channels = shape.image().channels();
        float[] scale = new float[values];
        float[] shift = new float[values];
        for (int i = 0; i < values; i++) {
            double mean = channels == 3 ? MEAN[i % 3] : average(MEAN);
            double deviation = channels == 3 ? DEVIATION[i % 3] : average(DEVIATION);
            scale[i] = (float) (1 / (255 * deviation));
            shift[i] = (float) (-mean / deviation);
        }
        return new PixelScale(scale, shift);
    }

    private static double average(double[] values) {
        return (values[0] + values[1] + values[2]) / 3;
    }
}
