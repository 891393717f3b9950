package io.maestream.ingest.source.scene;

/**
 * Draws the frames of one camera. A frame depends on the seed and its number only. Not for use by
 * several threads at once.
 */
public final class SceneRenderer {

    /** Kinds of scenes; cameras whose numbers differ by as many look at the same kind. */
    public static final int KINDS = Scenes.KINDS;

    private final Scene scene;
    private final double pixelsPerUnit;
    private final double width;
    private final Raster still;
    private final Raster frame;
    private final Clouds clouds;
    private final Waves waves;
    private final Sensor sensor;

    /**
     * @param camera number of the camera, from 1, which picks the kind of scene
     * @param seed decides everything else
     * @param pixelWidth width of a frame
     * @param pixelHeight height of a frame
     */
    public SceneRenderer(int camera, long seed, int pixelWidth, int pixelHeight) {
        long own = Noise.mix(seed ^ Noise.mix(camera));
        scene = Scenes.of(camera, own);
        pixelsPerUnit = pixelHeight / Scene.HEIGHT;
        width = pixelWidth / pixelsPerUnit;
        still = new Raster(pixelWidth, pixelHeight);
        frame = new Raster(pixelWidth, pixelHeight);
        Mask sky = new Mask(still);
        Mask water = new Mask(still);
        paintStill(sky, water);
        clouds = new Clouds(frame, sky, (int) (scene.horizon() * pixelsPerUnit), own);
        waves = new Waves(frame, water, waterRow());
        sensor = new Sensor(own);
    }

    /**
     * The frame of this number at this time.
     *
     * @return (height, width, 3) bytes in the order blue, green, red; overwritten by the next call
     */
    public byte[] render(long number, double seconds) {
        frame.copyFrom(still);
        clouds.paint(seconds);
        waves.paint(seconds);
        scene.paintMoving(Brush.on(frame, pixelsPerUnit), width, seconds);
        sensor.expose(frame.pixels(), number, seconds);
        return frame.pixels();
    }

    private void paintStill(Mask sky, Mask water) {
        scene.paintSky(Brush.on(still, pixelsPerUnit), width);
        sky.openRows(still, 0, still.height());
        scene.paintWater(Brush.on(still, pixelsPerUnit, sky), width);
        water.openRows(still, waterRow(), still.height());
        scene.paintStill(Brush.on(still, pixelsPerUnit, sky, water), width);
    }

    private int waterRow() {
        return (int) Math.ceil(scene.waterline() * pixelsPerUnit);
    }
}
