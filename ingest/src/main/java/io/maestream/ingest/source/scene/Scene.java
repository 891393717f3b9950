package io.maestream.ingest.source.scene;

/**
 * What a camera looks at, in units of which {@value #HEIGHT} make the picture's height; the width
 * follows from the picture's proportions.
 */
interface Scene {

    /** Height of every scene in its units. */
    double HEIGHT = 120;

    /** Height of the horizon from the top: above is sky, in which clouds drift. */
    double horizon();

    /** Top of the water, on which waves run; the scene's height where there is none. */
    default double waterline() {
        return HEIGHT;
    }

    /** Draws the sky as it is without clouds. */
    void paintSky(Brush brush, double width);

    /** Draws the water without waves. */
    default void paintWater(Brush brush, double width) {}

    /** Draws what stands still. */
    void paintStill(Brush brush, double width);

    /**
     * Draws what moves, and what stands in front of it.
     *
     * @param seconds time since the scene began
     */
    void paintMoving(Brush brush, double width, double seconds);
}
