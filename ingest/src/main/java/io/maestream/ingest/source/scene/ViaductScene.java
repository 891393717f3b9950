package io.maestream.ingest.source.scene;

/** A stone viaduct over a river valley in autumn, with a train that crosses it. */
final class ViaductScene implements Scene {

    private static final double DECK = 62;
    private static final double WATER = 98;
    private static final double ARCH = 32;
    private static final int STONE = 0xB9A98F;

    private final long seed;

    ViaductScene(long seed) {
        this.seed = seed;
    }

    @Override
    public double horizon() {
        return 60;
    }

    @Override
    public double waterline() {
        return WATER;
    }

    @Override
    public void paintSky(Brush brush, double width) {
        brush.fill(Shape.box(-1, -1, width + 2, HEIGHT), Paint.vertical(0, 0x6F9BD1, 64, 0xF6DDBB));
    }

    @Override
    public void paintWater(Brush brush, double width) {
        brush.fill(
                Shape.below(Landscape.ridge(66, 44, 52, seed)),
                Paint.vertical(24, 0x8C86A8, 66, 0xA9A0B4).mottled(8, 0.2, seed));
        brush.fill(
                Shape.below(Landscape.ridge(92, 44, 60, seed + 3)),
                Paint.vertical(48, 0xC58B3C, 96, 0x7C5A2C).mottled(5, 0.6, seed + 4));
        brush.fill(
                Shape.box(-1, WATER, width + 2, HEIGHT),
                Paint.vertical(WATER, 0x8FB0B4, HEIGHT, 0x2F5F6E));
    }

    @Override
    public void paintStill(Brush brush, double width) {
        for (double x = 8; x < width; x += 19) {
            double size = 0.5 + 0.3 * Noise.hash(seed, (long) x);
            int leaves = Colours.mix(0xD96B27, 0xE0B93B, Noise.hash(seed + 1, (long) x));
            Landscape.tree(brush.at(x, WATER - 1).scaled(size, size), leaves, seed);
        }
        paintViaduct(brush, width);
        brush.fill(
                Shape.below(Landscape.ridge(HEIGHT + 6, 16, 30, seed + 8)),
                Paint.vertical(104, 0xA7983F, HEIGHT, 0x5E5A25).mottled(3, 0.5, seed));
    }

    private void paintViaduct(Brush brush, double width) {
        double shift = ARCH * Noise.hash(seed, 5);
        Shape.Field arches =
                (x, y) -> {
                    double u = Math.abs(x + shift - ARCH * Math.round((x + shift) / ARCH));
                    double crown = DECK + 8 + 12;
                    double opening = y < crown ? Math.hypot(u, y - crown) - 12 : u - 12;
                    return Math.max(Math.max(DECK - y, y - WATER - 4), -opening);
                };
        Shape.Bounds bounds = new Shape.Bounds(-1, DECK, width + 1, WATER + 4);
        brush.fill(
                new Shape(arches, bounds),
                Paint.courses(STONE, Colours.lighten(STONE, -0.3), 5, 3).mottled(14, 0.3, seed));
        brush.fill(Shape.box(-1, DECK - 2, width + 2, 4), Colours.lighten(STONE, 0.2));
        brush.fill(Shape.box(-1, DECK + 2, width + 2, 1), Colours.lighten(STONE, -0.5));
        brush.fill(Shape.box(-1, DECK - 2.8, width + 2, 0.9), 0x4A3A30);
    }

    @Override
    public void paintMoving(Brush brush, double width, double seconds) {
        double train = 140;
        double span = width + train + 60;
        double way = seconds * 17 + span * Noise.hash(seed, 6);
        double front = way % span - 20;
        int rgb =
                Colours.mix(0x8E2F24, 0x1F5B4A, Math.round(Noise.hash(seed, (long) (way / span))));
        for (int carriage = 4; carriage > 0; carriage--) {
            Vehicles.carriage(brush.at(front - carriage * 26, DECK - 2.6), rgb);
        }
        Vehicles.engine(brush.at(front, DECK - 2.6), rgb);
        paintSmoke(brush.at(front + 20.6, DECK - 19), seconds);
        paintKite(brush.at(width * 0.7, 26), seconds);
    }

    private static void paintSmoke(Brush brush, double seconds) {
        for (int puff = 6; puff >= 0; puff--) {
            double age = puff + seconds * 1.8 % 1;
            brush.fill(
                    Shape.circle(-age * 6, -age * 2.4 - 1, 1.8 + age * 0.9),
                    Paint.solid(0xF2F2F2),
                    Math.max(0, 0.75 - age * 0.1));
        }
    }

    private static void paintKite(Brush brush, double seconds) {
        double x = 12 * Math.sin(seconds * 0.5);
        double y = 6 * Math.sin(seconds * 0.9);
        Brush kite = brush.at(x, y);
        kite.fill(Shape.polygon(0, -9, 6, 0, 0, 0), 0xE8412F);
        kite.fill(Shape.polygon(0, -9, -6, 0, 0, 0), 0xF7C531);
        kite.fill(Shape.polygon(0, 0, 6, 0, 0, 11), 0x2F7FC1);
        kite.fill(Shape.polygon(0, 0, -6, 0, 0, 11), 0xF4F1EA);
        for (int bow = 1; bow < 4; bow++) {
            double sway = 2 * Math.sin(seconds * 2 + bow);
            kite.fill(Shape.circle(sway, 11 + bow * 4, 1.2), 0xE8412F);
        }
    }
}
