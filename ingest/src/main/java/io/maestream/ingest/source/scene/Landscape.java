package io.maestream.ingest.source.scene;

import java.util.function.DoubleUnaryOperator;

/** Things that stand: trees, houses, mountains; drawn around the brush's origin, on y = 0. */
final class Landscape {

    private Landscape() {}

    /** A leafy tree, about 30 high. */
    static void tree(Brush brush, int leaves, long seed) {
        brush.fill(Shape.ellipse(1, 0, 9, 1.6), Paint.solid(0x1C2A14), 0.5);
        brush.fill(
                Shape.polygon(-1.8, 0, -1, -14, 1, -14, 1.8, 0),
                Paint.stripes(0x6B4A2F, 0x54381F, 0.9));
        crown(brush, leaves, seed, new double[] {0, -20, 10, -6, -15, 7, 6, -15.5, 7, 0, -26, 7});
    }

    private static void crown(Brush brush, int leaves, long seed, double[] balls) {
        for (int i = 0; i < balls.length; i += 3) {
            Shape ball = Shape.circle(balls[i], balls[i + 1], balls[i + 2]);
            double top = balls[i + 1] - balls[i + 2];
            int light = Colours.lighten(leaves, 0.3);
            int dark = Colours.lighten(leaves, -0.35);
            brush.fill(
                    ball,
                    Paint.vertical(top, light, top + 2 * balls[i + 2], dark)
                            .mottled(3.2, 0.7, seed + i));
        }
    }

    /** A conifer, about 30 high. */
    static void conifer(Brush brush, int needles) {
        brush.fill(Shape.box(-1, -4, 2, 4), 0x4A3320);
        for (int tier = 0; tier < 4; tier++) {
            double base = -3 - tier * 6.4;
            double half = 8.5 - tier * 1.9;
            brush.fill(
                    Shape.polygon(-half, base, 0, base - 10, half, base),
                    Paint.vertical(
                            base - 10,
                            Colours.lighten(needles, 0.25),
                            base,
                            Colours.lighten(needles, -0.35)));
        }
    }

    /** A cottage with a red roof, 30 wide and 30 high. */
    static void cottage(Brush brush, int walls) {
        brush.fill(Shape.box(4, -30, 4, 9), Paint.courses(0x9A5A45, 0x74402F, 2, 1.5));
        brush.fill(
                Shape.box(0, -16, 30, 16),
                Paint.vertical(-16, Colours.lighten(walls, -0.15), 0, walls));
        brush.fill(
                Shape.polygon(-3, -15, 5, -28, 25, -28, 33, -15),
                Paint.courses(0xB5442F, 0x8A2F20, 3, 2));
        window(brush.at(3.6, -12));
        window(brush.at(20, -12));
        brush.fill(Shape.roundBox(12.4, -11, 5.6, 11, 0.6), 0x5B3A22);
        brush.fill(Shape.circle(16.8, -5.4, 0.6), 0xE6C65A);
    }

    private static void window(Brush brush) {
        brush.fill(Shape.box(0, 0, 6.4, 6), 0xF8F5EA);
        brush.fill(Shape.box(0.8, 0.8, 2.1, 2), 0x37566E);
        brush.fill(Shape.box(3.5, 0.8, 2.1, 2), 0x86ACC4);
        brush.fill(Shape.box(0.8, 3.2, 2.1, 2), 0x37566E);
        brush.fill(Shape.box(3.5, 3.2, 2.1, 2), 0x37566E);
    }

    /** A ridge of hills or mountains: height above the base by x, for {@link Shape#below}. */
    static DoubleUnaryOperator ridge(double base, double rise, double length, long seed) {
        return x -> base - rise * Noise.fractal(x / length, 0.5, seed);
    }

    /** A ridge with snow on what lies above a height. */
    static Paint snowCapped(int rock, double snowline, long seed) {
        Paint faces = Paint.solid(rock).mottled(9, 0.5, seed);
        return (x, y) -> {
            double edge = snowline + 9 * (Noise.fractal(x / 5, y / 5, seed) - 0.5);
            return y < edge ? Colours.mix(0xF4F7FA, faces.at(x, y), 0.15) : faces.at(x, y);
        };
    }

    /** A street lamp, 44 high, whose arm looks to the right. */
    static void lamp(Brush brush) {
        brush.fill(Shape.stroke(0, 0, 0, -43, 1.5), 0x2B3238);
        brush.fill(Shape.stroke(0, -43, 8, -45, 1.1), 0x2B3238);
        brush.fill(Shape.roundBox(6.4, -46, 6, 2.4, 1), 0x2B3238);
        brush.fill(Shape.roundBox(7, -44, 4.8, 1.2, 0.6), 0xFBF3C4);
    }
}
