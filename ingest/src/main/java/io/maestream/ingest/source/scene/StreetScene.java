package io.maestream.ingest.source.scene;

import java.util.SplittableRandom;

/** A row of houses, and a road with cars and a bus on it. */
final class StreetScene implements Scene {

    private static final int[] FACADES = {
        0xA9553F, 0xD9B26A, 0x6F87A0, 0xE3D7BD, 0x5F8F85, 0xB98A6B
    };
    private static final int[] CARS = {0xD0312D, 0x2A62C4, 0xF0C419, 0xF2F3F4, 0x2E9E5B, 0x6C3FA0};
    private static final double GROUND = 76;
    private static final double FAR_LANE = 93;
    private static final double NEAR_LANE = 110;

    private final long seed;

    StreetScene(long seed) {
        this.seed = seed;
    }

    @Override
    public double horizon() {
        return 62;
    }

    @Override
    public void paintSky(Brush brush, double width) {
        brush.fill(Shape.box(-1, -1, width + 2, HEIGHT), Paint.vertical(0, 0x4F8FD6, 66, 0xDCEBF5));
    }

    @Override
    public void paintStill(Brush brush, double width) {
        paintSkyline(brush, width);
        paintHouses(brush, width);
        paintRoad(brush, width);
        for (double x = 20 + 10 * Noise.hash(seed, 3); x < width; x += 58) {
            Landscape.tree(brush.at(x, GROUND + 3).scaled(0.8, 0.8), 0x4C8A3A, seed);
        }
    }

    private void paintSkyline(Brush brush, double width) {
        SplittableRandom random = new SplittableRandom(seed);
        for (double x = -6; x < width; x += 11) {
            double top = 20 + 26 * random.nextDouble();
            int rgb = Colours.mix(0x8FA9C2, 0xB7CADB, random.nextDouble());
            brush.fill(
                    Shape.box(x, top, 12, GROUND - top),
                    Paint.stripes(rgb, Colours.lighten(rgb, -0.12), 1.5));
        }
    }

    private void paintHouses(Brush brush, double width) {
        SplittableRandom random = new SplittableRandom(seed + 1);
        int first = random.nextInt(FACADES.length);
        double x = -8 * random.nextDouble();
        for (int house = 0; x < width; house++) {
            double wide = 27 + 8 * random.nextInt(2);
            double top = 24 + 20 * random.nextDouble();
            paintHouse(
                    brush.at(x, GROUND),
                    wide,
                    GROUND - top,
                    FACADES[(first + house) % FACADES.length]);
            x += wide;
        }
    }

    private static void paintHouse(Brush brush, double wide, double high, int rgb) {
        brush.fill(
                Shape.box(0, -high, wide, high),
                Paint.courses(rgb, Colours.lighten(rgb, -0.22), 4, 2.4));
        brush.fill(Shape.box(-0.6, -high - 2, wide + 1.2, 3), Colours.lighten(rgb, -0.45));
        for (double y = -high + 5; y < -20; y += 11) {
            for (double x = 3.4; x + 5 < wide; x += 8) {
                brush.fill(Shape.box(x - 0.7, y - 0.7, 6.4, 8.4), 0xF1EDE2);
                brush.fill(Shape.box(x, y, 5, 7), Paint.vertical(y, 0x8DB6D1, y + 7, 0x2C4258));
                brush.fill(Shape.box(x + 2.2, y, 0.7, 7), 0xF1EDE2);
            }
        }
        brush.fill(Shape.box(2, -12, wide - 10, 10), Paint.vertical(-12, 0x6F8FA5, -2, 0x2A3944));
        brush.fill(
                Shape.polygon(1, -15, wide - 7, -15, wide - 5.5, -11, -0.5, -11),
                Paint.stripes(0xF4F1EA, Colours.lighten(rgb, -0.35), 2.2));
        brush.fill(Shape.roundBox(wide - 6.6, -13, 4.8, 13, 0.6), 0x3D2A20);
    }

    private void paintRoad(Brush brush, double width) {
        brush.fill(Shape.box(-1, GROUND, width + 2, 8), Paint.courses(0xB9B4A9, 0x938E84, 8, 4));
        brush.fill(
                Shape.box(-1, GROUND + 7, width + 2, HEIGHT),
                Paint.solid(0x4A4D52).mottled(4, 0.25, seed));
        brush.fill(Shape.box(-1, GROUND + 6.4, width + 2, 1.2), 0xDAD6CC);
        for (double x = 4; x < width; x += 18) {
            brush.fill(Shape.box(x, 96.6, 10, 1.3), 0xEDEAE0);
        }
        brush.fill(Shape.box(-1, 114, width + 2, 8), Paint.courses(0xA8A398, 0x858076, 10, 6));
        brush.fill(Shape.box(-1, 113.2, width + 2, 1.4), 0xDAD6CC);
    }

    @Override
    public void paintMoving(Brush brush, double width, double seconds) {
        paintWalker(brush, width, seconds);
        paintLane(brush, width, new Lane(FAR_LANE, -17, 0.9, 5), seconds);
        paintLane(brush, width, new Lane(NEAR_LANE, 23, 1.12, 9), seconds);
        for (double x = 40; x < width; x += 84) {
            Landscape.lamp(brush.at(x, 117).scaled(1.2, 1.5));
        }
    }

    /** A lane: its height, its speed in units per second, the size of its cars, and a number. */
    private record Lane(double y, double speed, double size, long number) {}

    /** One vehicle after the other, each new one in another colour; every fourth is a bus. */
    private void paintLane(Brush brush, double width, Lane lane, double seconds) {
        double gap = 74;
        double way = Math.abs(lane.speed) * seconds + 40 * Noise.hash(seed, lane.number);
        long newest = (long) Math.floor(way / gap);
        for (long i = newest; (way - i * gap) < width + gap; i--) {
            double ahead = way - i * gap - Vehicles.BUS_LENGTH * lane.size;
            double x = lane.speed > 0 ? ahead : width - ahead;
            Brush here = brush.at(x, lane.y).scaled(Math.signum(lane.speed) * lane.size, lane.size);
            int rgb = CARS[(int) (Noise.hash(seed + lane.number, i) * CARS.length)];
            if (Noise.hash(seed - lane.number, i) < 0.25) {
                Vehicles.bus(here, rgb);
            } else {
                Vehicles.car(here, rgb);
            }
        }
    }

    private void paintWalker(Brush brush, double width, double seconds) {
        double x = (seconds * 6 + width * Noise.hash(seed, 7)) % (width + 20) - 10;
        double swing = 2.6 * Math.sin(seconds * 5);
        Brush here = brush.at(x, GROUND + 6);
        here.fill(Shape.stroke(0, -7, swing, 0, 1.6), 0x26303F);
        here.fill(Shape.stroke(0, -7, -swing, 0, 1.6), 0x333F52);
        here.fill(Shape.roundBox(-2, -14, 4, 8, 1.6), 0xE0662C);
        here.fill(Shape.circle(0, -16, 2), 0xE8B48C);
    }
}
