package io.maestream.ingest.source.scene;

/** A bay under snowy mountains, with a lighthouse and sailing boats. */
final class HarbourScene implements Scene {

    private static final double WATER = 60;
    private static final int[] SAILS = {0xF6F3EA, 0xE4572E, 0xF3C613, 0x3E7CB1};

    private final long seed;

    HarbourScene(long seed) {
        this.seed = seed;
    }

    @Override
    public double horizon() {
        return WATER;
    }

    @Override
    public double waterline() {
        return WATER;
    }

    @Override
    public void paintSky(Brush brush, double width) {
        brush.fill(
                Shape.box(-1, -1, width + 2, HEIGHT), Paint.vertical(0, 0x3E7FCB, WATER, 0xF3E3CF));
    }

    @Override
    public void paintWater(Brush brush, double width) {
        brush.fill(
                Shape.below(Landscape.ridge(WATER + 6, 58, 46, seed)),
                Landscape.snowCapped(0x7188A6, 28, seed));
        brush.fill(
                Shape.below(Landscape.ridge(WATER + 3, 26, 30, seed + 9)),
                Paint.vertical(35, 0x5B7F6B, WATER, 0x3C5B45).mottled(4, 0.4, seed));
        brush.fill(
                Shape.box(-1, WATER, width + 2, HEIGHT),
                Paint.vertical(WATER, 0x7FB4C6, HEIGHT, 0x1C5D7C));
    }

    @Override
    public void paintStill(Brush brush, double width) {
        double x = width * (0.68 + 0.16 * Noise.hash(seed, 2));
        brush.fill(
                Shape.polygon(x - 26, 76, x - 16, 66, x - 4, 63, x + 9, 64, x + 24, 71, x + 32, 76),
                Paint.vertical(62, 0x9A8D7C, 76, 0x4B4238).mottled(4, 0.6, seed));
        paintLighthouse(brush.at(x, 65));
        paintPier(brush);
    }

    private static void paintLighthouse(Brush brush) {
        for (int ring = 0; ring < 5; ring++) {
            double top = -46 + ring * 9.2;
            double upper = 4 + ring * 0.6;
            brush.fill(
                    Shape.polygon(
                            -upper,
                            top,
                            upper,
                            top,
                            upper + 0.6,
                            top + 9.4,
                            -upper - 0.6,
                            top + 9.4),
                    ring % 2 == 0 ? 0xD23B2F : 0xF5F2EA);
        }
        brush.fill(Shape.box(1.2, -46, 2.6, 46), Paint.solid(0x000000), 0.12);
        brush.fill(Shape.box(-5.6, -48, 11.2, 2.2), 0x30363C);
        brush.fill(Shape.box(-3.2, -54, 6.4, 6), 0xFBE9A0);
        brush.fill(Shape.box(-0.5, -54, 1, 6), 0x30363C);
        brush.fill(Shape.polygon(-4.4, -54, 0, -60, 4.4, -54), 0xB42F24);
        brush.fill(Shape.roundBox(-1.4, -7, 2.8, 7, 1.2), 0x3A2A20);
        brush.fill(Shape.box(7, -9, 13, 9), 0xEFE7D6);
        brush.fill(Shape.polygon(6, -9, 13.5, -15, 21, -9), 0x8C4A3A);
        brush.fill(Shape.box(11.6, -6.4, 3.4, 3), 0x35506A);
    }

    private void paintPier(Brush brush) {
        brush.fill(
                Shape.polygon(-2, 104, 44, 98, 46, 102, -2, 112),
                Paint.stripes(0x8B6B4A, 0x745637, 2.6));
        for (double x = 2; x < 46; x += 10) {
            brush.fill(Shape.box(x, 97 - x * 0.05, 2.4, 22 - x * 0.2), 0x4C3826);
            brush.fill(Shape.ellipse(x + 1.2, 97 - x * 0.05, 1.2, 0.6), 0xA98A66);
        }
    }

    @Override
    public void paintMoving(Brush brush, double width, double seconds) {
        paintBoat(brush, width, new Course(72, 3.5, 0.55, 0), seconds);
        paintBoat(brush, width, new Course(88, -5.5, 0.9, 1), seconds);
        paintBoat(brush, width, new Course(106, 8, 1.3, 2), seconds);
        double bob = 1.2 * Math.sin(seconds * 1.4);
        Brush buoy = brush.at(width * 0.42, 96 + bob);
        buoy.fill(
                Shape.polygon(-4, 0, -1.4, -11, 1.4, -11, 4, 0),
                Paint.vertical(-11, 0xF05A3C, 0, 0xA8281C));
        buoy.fill(Shape.box(-2.9, -6, 5.8, 1.8), 0xF7F4EC);
        for (int gull = 0; gull < 3; gull++) {
            paintGull(brush, width, seconds + gull * 11);
        }
    }

    /** A boat's way: its height, speed in units per second, size, and number. */
    private record Course(double y, double speed, double size, long number) {}

    private void paintBoat(Brush brush, double width, Course course, double seconds) {
        double span = width + 60 * course.size;
        double way = Math.abs(course.speed) * seconds + span * Noise.hash(seed, course.number + 20);
        double ahead = way % span - 30 * course.size;
        double x = course.speed > 0 ? ahead : width - ahead;
        double bob = 0.8 * Math.sin(seconds * 1.6 + course.number * 2);
        long pass = (long) (way / span);
        int sail = SAILS[(int) (Noise.hash(seed + course.number, pass) * SAILS.length)];
        Brush here =
                brush.at(x, course.y + bob)
                        .scaled(Math.signum(course.speed) * course.size, course.size);
        here.fill(Shape.ellipse(0, 1.4, 16, 2), Paint.solid(0x0E2E3E), 0.5);
        here.fill(Shape.box(-0.5, -31, 1, 28), 0x5A4632);
        here.fill(
                Shape.polygon(-1.4, -29, -1.4, -6, -13, -6),
                Paint.vertical(-29, sail, -6, Colours.lighten(sail, -0.2)));
        here.fill(Shape.polygon(1.4, -27, 1.4, -6, 12, -6), Colours.lighten(sail, -0.1));
        here.fill(
                Shape.polygon(-15, -4.5, 16, -4.5, 11, 1.6, -11, 1.6),
                Paint.vertical(-4.5, 0xF2EFE6, 1.6, 0x7A2E24));
        here.fill(Shape.polygon(-15, -4.5, 16, -4.5, 15, -3, -14.4, -3), 0x2E4A68);
    }

    private void paintGull(Brush brush, double width, double seconds) {
        double x = (seconds * 7 + width * Noise.hash(seed, 31)) % (width + 20) - 10;
        double y = 24 + 8 * Math.sin(seconds * 0.31);
        double flap = 1.6 * Math.sin(seconds * 6);
        brush.at(x, y)
                .fill(Shape.stroke(-4.4, -1 - flap, 0, 0, 1.1), 0xFFFFFF)
                .fill(Shape.stroke(0, 0, 4.4, -1 - flap, 1.1), 0xFFFFFF)
                .fill(Shape.ellipse(0.2, 0.3, 1.6, 0.8), 0x8C98A4);
    }
}
