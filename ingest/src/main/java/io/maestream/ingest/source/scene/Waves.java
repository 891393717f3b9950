package io.maestream.ingest.source.scene;

/** Waves that run over open water, shorter towards the horizon. */
final class Waves {

    private static final int LIGHT = 0xD8F0F4;
    private static final int DARK = 0x0F3B52;
    private static final int SINES = 4096;
    private static final float[] SINE = sines();

    private final Raster raster;
    private final Mask water;
    private final int top;
    private final double pixelsPerUnit;

    /**
     * @param top first row of pixels with water
     */
    Waves(Raster raster, Mask water, int top) {
        this.raster = raster;
        this.water = water;
        this.top = top;
        this.pixelsPerUnit = raster.height() / Scene.HEIGHT;
    }

    void paint(double seconds) {
        for (int row = top; row < raster.height(); row++) {
            double depth = (row - top + 1) / pixelsPerUnit;
            double steep = 9 * Math.log(depth + 3);
            double wide = 0.9 / Math.sqrt(depth + 2);
            double strength = Math.min(0.22, 0.06 + depth * 0.004);
            for (int column = 0; column < raster.width(); column++) {
                int pixel = row * raster.width() + column;
                double open = water.open(pixel);
                if (open > 0) {
                    double x = column / pixelsPerUnit;
                    double first = sine(steep * 1.7 + wide * x + seconds * 1.3);
                    double second = sine(steep * 2.9 - wide * 1.7 * x + seconds * 0.9);
                    double height = first + 0.6 * second;
                    raster.blend(
                            pixel, height > 0 ? LIGHT : DARK, Math.abs(height) * strength * open);
                }
            }
        }
    }

    private static double sine(double angle) {
        return SINE[(int) Math.floor(angle / (2 * Math.PI) * SINES) & SINES - 1];
    }

    private static float[] sines() {
        float[] sines = new float[SINES];
        for (int i = 0; i < SINES; i++) {
            sines[i] = (float) Math.sin(2 * Math.PI * i / SINES);
        }
        return sines;
    }
}
