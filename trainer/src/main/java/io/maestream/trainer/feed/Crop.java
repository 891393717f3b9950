package io.maestream.trainer.feed;

/**
 * A window of an image, in pixels, and whether it is mirrored.
 *
 * <p>{@link #random} is the paper's augmentation (arXiv:2111.06377, appendix A.1):
 * RandomResizedCrop with an area share from {@code minScale} to 1 and an aspect ratio from 3/4 to
 * 4/3, and a horizontal flip half of the time.
 */
record Crop(int x, int y, int width, int height, boolean flipped) {

    private static final int ATTEMPTS = 10;
    private static final int NUMBERS_PER_ATTEMPT = 4;
    private static final double LOG_MIN_RATIO = Math.log(3.0 / 4);
    private static final double LOG_MAX_RATIO = Math.log(4.0 / 3);

    /**
     * The crop of one visit of one record.
     *
     * @param root the visit's random root
     * @param minScale smallest share of the area, in (0, 1]
     */
    static Crop random(int imageWidth, int imageHeight, Augmentation augmentation, long root) {
        boolean flipped = augmentation.flip() && CounterRandom.at(root, 0) < 0;
        double area = (double) imageWidth * imageHeight;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long counter = 1 + (long) attempt * NUMBERS_PER_ATTEMPT;
            double scale = between(augmentation.minScale(), 1, root, counter);
            double ratio = Math.exp(between(LOG_MIN_RATIO, LOG_MAX_RATIO, root, counter + 1));
            int width = (int) Math.round(Math.sqrt(area * scale * ratio));
            int height = (int) Math.round(Math.sqrt(area * scale / ratio));
            if (width > 0 && height > 0 && width <= imageWidth && height <= imageHeight) {
                int x =
                        CounterRandom.below(
                                CounterRandom.at(root, counter + 2), imageWidth - width + 1);
                int y =
                        CounterRandom.below(
                                CounterRandom.at(root, counter + 3), imageHeight - height + 1);
                return new Crop(x, y, width, height, flipped);
            }
        }
        return centre(imageWidth, imageHeight, flipped);
    }

    /** The largest centred window whose aspect ratio lies within the bounds. */
    static Crop centre(int imageWidth, int imageHeight, boolean flipped) {
        int width = Math.min(imageWidth, Math.max(1, imageHeight * 4 / 3));
        int height = Math.min(imageHeight, Math.max(1, imageWidth * 4 / 3));
        return new Crop(
                (imageWidth - width) / 2, (imageHeight - height) / 2, width, height, flipped);
    }

    /**
     * How far the JPEG decoder may shrink (1, 2, 4 or 8) so that the window still has at least
     * {@code target} pixels a side.
     */
    int reduction(int target) {
        int reduction = 1;
        while (reduction < 8 && Math.min(width, height) / (reduction * 2) >= target) {
            reduction *= 2;
        }
        return reduction;
    }

    /** The same window in an image decoded at {@code 1/reduction} of its size. */
    Crop scaledTo(int decodedWidth, int decodedHeight, int reduction) {
        int left = Math.min(x / reduction, decodedWidth - 1);
        int top = Math.min(y / reduction, decodedHeight - 1);
        int scaledWidth = Math.max(1, Math.min(width / reduction, decodedWidth - left));
        int scaledHeight = Math.max(1, Math.min(height / reduction, decodedHeight - top));
        return new Crop(left, top, scaledWidth, scaledHeight, flipped);
    }

    private static double between(double low, double high, long root, long counter) {
        return low + (high - low) * CounterRandom.unit(CounterRandom.at(root, counter));
    }
}
