package io.maestream.ingest.source.scene;

/** Clouds that drift over the open sky. */
final class Clouds {

    private static final int COLOUR = 0xFAFBFD;
    private static final double UNITS_PER_SECOND = 1.5;

    private final Raster raster;
    private final Mask sky;
    private final int rows;
    private final int period;
    private final double pixelsPerUnit;
    private final float[] density;

    /**
     * @param rows rows of pixels from the top in which there can be clouds
     */
    Clouds(Raster raster, Mask sky, int rows, long seed) {
        this.raster = raster;
        this.sky = sky;
        this.rows = Math.min(rows, raster.height());
        this.period = raster.width() * 3;
        this.pixelsPerUnit = raster.height() / Scene.HEIGHT;
        this.density = new float[this.rows * period];
        for (int row = 0; row < this.rows; row++) {
            for (int column = 0; column < period; column++) {
                density[row * period + column] = (float) density(row, column, seed);
            }
        }
    }

    void paint(double seconds) {
        double shift = seconds * UNITS_PER_SECOND * pixelsPerUnit;
        long whole = (long) Math.floor(shift);
        float part = (float) (shift - whole);
        int offset = Math.floorMod(whole, period);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < raster.width(); column++) {
                int pixel = row * raster.width() + column;
                int at = row * period + (column + offset) % period;
                int next = row * period + (column + offset + 1) % period;
                double share = density[at] + (density[next] - density[at]) * part;
                share *= sky.open(pixel);
                if (share > 0.004) {
                    raster.blend(pixel, COLOUR, share);
                }
            }
        }
    }

    /** Fractal noise, cut off below, that fades towards the horizon and closes on itself. */
    private double density(int row, int column, long seed) {
        double y = row / pixelsPerUnit;
        double x = column / pixelsPerUnit;
        double wrap = period / pixelsPerUnit;
        double fade = (double) column / period;
        double here = Noise.fractal(x / 26, y / 11, seed);
        double before = Noise.fractal((x - wrap) / 26, y / 11, seed);
        double noise = here + (before - here) * fade;
        double cover = Math.max(0, Math.min(1, (noise - 0.52) * 5));
        double low = 1 - (double) row / rows;
        return 0.9 * cover * Math.min(1, 0.25 + 1.2 * low);
    }
}
