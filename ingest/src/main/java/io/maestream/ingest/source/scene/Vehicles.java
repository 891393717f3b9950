package io.maestream.ingest.source.scene;

/** Things that drive, drawn to the right of the brush's origin, with their wheels on y = 0. */
final class Vehicles {

    static final double CAR_LENGTH = 30;
    static final double BUS_LENGTH = 46;

    private static final int GLASS = 0x23364A;
    private static final int SHINE = 0x7FA6BF;
    private static final int TYRE = 0x17181B;
    private static final int HUB = 0xC4C9CE;
    private static final int SHADOW = 0x101214;

    private Vehicles() {}

    /** A saloon that looks to the right. */
    static void car(Brush brush, int rgb) {
        brush.fill(Shape.ellipse(15, 0.5, 16, 2), Paint.solid(SHADOW), 0.55);
        brush.fill(Shape.polygon(5, -7, 10, -13, 20, -13, 26, -7), Colours.lighten(rgb, -0.15));
        brush.fill(Shape.polygon(7.5, -7.4, 11, -11.8, 15, -11.8, 15, -7.4), GLASS);
        brush.fill(Shape.polygon(16, -7.4, 16, -11.8, 19.5, -11.8, 23.4, -7.4), GLASS);
        brush.fill(Shape.stroke(18, -11, 21, -8, 0.8), SHINE);
        brush.fill(
                Shape.roundBox(0, -8, CAR_LENGTH, 6.4, 2.2),
                Paint.vertical(-8, Colours.lighten(rgb, 0.25), -2, Colours.lighten(rgb, -0.2)));
        brush.fill(Shape.box(1, -4.6, 28, 0.7), Colours.lighten(rgb, -0.4));
        brush.fill(Shape.roundBox(27.6, -6.6, 2.2, 1.8, 0.6), 0xFFF3B8);
        brush.fill(Shape.roundBox(0.2, -6.6, 1.6, 1.8, 0.6), 0xD42A20);
        wheel(brush.at(7, -2.6), 3);
        wheel(brush.at(22.6, -2.6), 3);
    }

    /** A city bus that looks to the right. */
    static void bus(Brush brush, int rgb) {
        brush.fill(Shape.ellipse(23, 0.5, 24, 2), Paint.solid(SHADOW), 0.55);
        brush.fill(
                Shape.roundBox(0, -20, BUS_LENGTH, 18, 2),
                Paint.vertical(-20, Colours.lighten(rgb, 0.2), -2, Colours.lighten(rgb, -0.2)));
        brush.fill(Shape.box(0.6, -8.6, 44.8, 1.6), 0xF3F1E6);
        for (int window = 0; window < 5; window++) {
            brush.fill(Shape.roundBox(2 + window * 7.4, -17.6, 6.2, 7.6, 0.8), GLASS);
            brush.fill(Shape.stroke(4 + window * 7.4, -12, 6.4 + window * 7.4, -16, 0.7), SHINE);
        }
        brush.fill(Shape.roundBox(39.4, -17.6, 6, 10.6, 0.8), GLASS);
        brush.fill(Shape.roundBox(43.8, -5.4, 2, 1.8, 0.6), 0xFFF3B8);
        wheel(brush.at(9, -3), 3.4);
        wheel(brush.at(36, -3), 3.4);
    }

    /** A steam engine that looks to the right, 26 long. */
    static void engine(Brush brush, int rgb) {
        brush.fill(Shape.roundBox(8, -10, 16, 7, 3), Paint.vertical(-10, 0x5A6068, -3, 0x202326));
        brush.fill(Shape.box(0, -14, 9, 11), rgb);
        brush.fill(Shape.box(1.6, -12.4, 5.4, 4.4), 0xE9D9A0);
        brush.fill(Shape.box(-0.8, -15, 10.6, 1.6), 0x2A2C30);
        brush.fill(Shape.polygon(19, -9.5, 18, -15, 23.4, -15, 22.4, -9.5), 0x2A2C30);
        brush.fill(Shape.circle(14, -10, 1.6), 0xC9A13B);
        brush.fill(Shape.polygon(24, -4, 28, -0.2, 24, -0.2), 0x8E2F24);
        brush.fill(Shape.box(0, -3.6, 25, 1.4), 0x8E2F24);
        for (int wheel = 0; wheel < 4; wheel++) {
            wheel(brush.at(3.4 + wheel * 6.2, -1.8), 2.2);
        }
    }

    /** A railway carriage, 24 long. */
    static void carriage(Brush brush, int rgb) {
        brush.fill(
                Shape.roundBox(0, -12, 23, 9.6, 1),
                Paint.vertical(-12, Colours.lighten(rgb, 0.15), -2.4, Colours.lighten(rgb, -0.2)));
        brush.fill(Shape.box(-0.4, -12.6, 23.8, 1.6), 0x3B3F45);
        for (int window = 0; window < 4; window++) {
            brush.fill(Shape.box(1.8 + window * 5.2, -9.8, 3.6, 3.6), 0xF6E7A8);
        }
        brush.fill(Shape.box(-1.6, -3.4, 26, 0.9), 0x24262A);
        wheel(brush.at(4.4, -1.4), 1.7);
        wheel(brush.at(18.6, -1.4), 1.7);
    }

    private static void wheel(Brush brush, double radius) {
        brush.fill(Shape.circle(0, 0, radius), TYRE);
        brush.fill(Shape.circle(0, 0, radius * 0.5), HUB);
    }
}
