package io.maestream.ingest.source.scene;

/** Hills and fields with a cottage and a windmill, a balloon in the air and a ball in the grass. */
final class MeadowScene implements Scene {

    private static final int[] PANELS = {0xE4412F, 0xF7C531, 0x2F7FC1, 0xF7F4EC};

    private final long seed;

    MeadowScene(long seed) {
        this.seed = seed;
    }

    @Override
    public double horizon() {
        return 64;
    }

    @Override
    public void paintSky(Brush brush, double width) {
        brush.fill(Shape.box(-1, -1, width + 2, HEIGHT), Paint.vertical(0, 0x5AA0E0, 70, 0xE6F2E4));
        Brush sun = brush.at(width * (0.12 + 0.2 * Noise.hash(seed, 4)), 20);
        for (int ring = 5; ring > 0; ring--) {
            sun.fill(Shape.circle(0, 0, 8 + ring * 2.4), Paint.solid(0xFFF4C2), 0.12);
        }
        sun.fill(Shape.circle(0, 0, 8), 0xFFE98A);
    }

    @Override
    public void paintStill(Brush brush, double width) {
        brush.fill(
                Shape.below(Landscape.ridge(70, 30, 60, seed)),
                Paint.vertical(38, 0x8DB3A5, 70, 0x7BA487).mottled(7, 0.2, seed));
        brush.fill(Shape.below(Landscape.ridge(80, 28, 70, seed + 5)), fields());
        brush.fill(
                Shape.below(Landscape.ridge(96, 16, 80, seed + 6)),
                Paint.vertical(78, 0x8CBF4B, HEIGHT, 0x3F7A2B).mottled(5, 0.3, seed + 2));
        paintPath(brush, width);
        Landscape.conifer(brush.at(width * 0.06, 88), 0x2F6B43);
        Landscape.conifer(brush.at(width * 0.13, 92).scaled(1.2, 1.2), 0x2A5F3B);
        Landscape.cottage(brush.at(width * 0.2, 95), 0xF1E6CF);
        Landscape.tree(brush.at(width * 0.9, 98).scaled(1.25, 1.25), 0x5B9A3C, seed);
        paintMill(brush.at(width * 0.66, 86));
        paintFence(brush, width);
    }

    private Paint fields() {
        int[] crops = {0xC9C15A, 0x9CBF58, 0xB5A24A, 0x7FAE4F};
        return (x, y) -> {
            double slant = x + 1.4 * y + 4 * Noise.smooth(x / 20, y / 20, seed);
            int crop = crops[Math.floorMod((long) Math.floor(slant / 17), crops.length)];
            boolean furrow = Math.floorMod((long) Math.floor((slant + y) / 1.7), 2L) == 0;
            return furrow ? Colours.lighten(crop, -0.12) : crop;
        };
    }

    private static void paintPath(Brush brush, double width) {
        brush.fill(
                Shape.polygon(
                        width * 0.31,
                        95,
                        width * 0.34,
                        95,
                        width * 0.44,
                        104,
                        width * 0.62,
                        HEIGHT + 2,
                        width * 0.42,
                        HEIGHT + 2,
                        width * 0.36,
                        104),
                Paint.vertical(95, 0xE0CDA3, HEIGHT, 0xBFA678).mottled(4, 0.3, 8));
    }

    private static void paintMill(Brush brush) {
        brush.fill(
                Shape.polygon(-8, 0, -5, -30, 5, -30, 8, 0),
                Paint.courses(0xD8CDB8, 0xB5A88F, 4, 3));
        brush.fill(Shape.polygon(-6.4, -29, 0, -38, 6.4, -29), 0x6A4634);
        brush.fill(Shape.roundBox(-2, -9, 4, 9, 1.6), 0x54382A);
        brush.fill(Shape.box(-1.6, -22, 3.2, 4), 0x37566E);
    }

    private static void paintFence(Brush brush, double width) {
        double from = width * 0.66;
        brush.fill(Shape.stroke(from, 108, width + 4, 104, 1.3), 0xF4F0E4);
        brush.fill(Shape.stroke(from, 113, width + 4, 109, 1.3), 0xE4DFD0);
        for (double x = from; x < width + 4; x += 11) {
            double y = 104 - 4 * (x - from) / (width - from);
            brush.fill(Shape.roundBox(x, y, 2.4, 14, 0.8), 0xFBF8EF);
        }
    }

    @Override
    public void paintMoving(Brush brush, double width, double seconds) {
        paintSails(brush.at(width * 0.66, 86 - 32), seconds);
        double drift = (seconds * 2.2 + width * Noise.hash(seed, 8)) % (width + 50) - 25;
        paintBalloon(brush.at(drift, 36 + 6 * Math.sin(seconds * 0.23)));
        double roll = (seconds * 9 + width * Noise.hash(seed, 9)) % (width + 30) - 15;
        double hop = 22 * Math.abs(Math.sin(seconds * 1.9));
        brush.at(roll, 113)
                .fill(Shape.ellipse(0, 0, 7 - hop * 0.1, 1.6), Paint.solid(0x1E3314), 0.45);
        paintBall(brush.at(roll, 106 - hop), seconds);
    }

    private static void paintSails(Brush brush, double seconds) {
        for (int blade = 0; blade < 4; blade++) {
            double angle = seconds * 0.9 + blade * Math.PI / 2;
            double c = Math.cos(angle);
            double s = Math.sin(angle);
            brush.fill(
                    Shape.polygon(
                            4 * c,
                            4 * s,
                            22 * c,
                            22 * s,
                            22 * c - 5 * s,
                            22 * s + 5 * c,
                            4 * c - 4 * s,
                            4 * s + 4 * c),
                    0xF6F1E2);
            brush.fill(Shape.stroke(0, 0, 23 * c, 23 * s, 1.3), 0x5A3C2A);
        }
        brush.fill(Shape.circle(0, 0, 1.8), 0x3A2A20);
    }

    private static void paintBalloon(Brush brush) {
        Paint gores =
                (x, y) -> PANELS[Math.floorMod((int) Math.floor((x + 30) / (5 + 0.02 * y)), 4)];
        brush.fill(Shape.stroke(-5, 9, -2.4, 20, 0.6), 0x5A4632);
        brush.fill(Shape.stroke(5, 9, 2.4, 20, 0.6), 0x5A4632);
        brush.fill(Shape.polygon(-11, 7, 11, 7, 4, 15, -4, 15), gores);
        brush.fill(Shape.ellipse(0, -2, 14, 15), gores);
        brush.fill(Shape.ellipse(5, 0, 9, 14), Paint.solid(0x000000), 0.1);
        brush.fill(Shape.ellipse(-5, -7, 3, 5), Paint.solid(0xFFFFFF), 0.3);
        brush.fill(Shape.roundBox(-3, 19, 6, 5, 0.8), Paint.courses(0x9A6B3C, 0x6F4A27, 2, 1.4));
    }

    private static void paintBall(Brush brush, double seconds) {
        double turn = seconds * 1.6;
        Paint sectors =
                (x, y) -> {
                    double angle = Math.atan2(y, x) - turn;
                    return PANELS[Math.floorMod((int) Math.floor(angle / (Math.PI / 3)), 4)];
                };
        brush.fill(Shape.circle(0, 0, 7), sectors);
        brush.fill(Shape.circle(0, 0, 1.6), 0xFFFFFF);
        brush.fill(Shape.ellipse(-2.4, -2.8, 1.8, 1.4), Paint.solid(0xFFFFFF), 0.5);
    }
}
