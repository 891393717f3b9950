package io.maestream.ingest.source.scene;

/** How much of each pixel still shows something, such as the sky; (height, width) of 0 to 1. */
final class Mask {

    private final float[] open;

    Mask(Raster raster) {
        open = new float[raster.width() * raster.height()];
    }

    double open(int pixel) {
        return open[pixel];
    }

    /** Opens the rows from one until another, in pixels. */
    void openRows(Raster raster, int from, int until) {
        int start = Math.max(0, from) * raster.width();
        int end = Math.min(raster.height(), until) * raster.width();
        for (int pixel = start; pixel < end; pixel++) {
            open[pixel] = 1;
        }
    }

    void cover(int pixel, double share) {
        open[pixel] *= (float) (1 - share);
    }
}
