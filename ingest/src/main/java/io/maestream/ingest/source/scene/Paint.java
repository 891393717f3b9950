package io.maestream.ingest.source.scene;

/** A colour for each place of a shape, in the shape's own coordinates. */
@FunctionalInterface
interface Paint {

    /** The colour at a place, 0xRRGGBB. */
    int at(double x, double y);

    static Paint solid(int rgb) {
        return (x, y) -> rgb;
    }

    /** From one colour at the top to another at the bottom. */
    static Paint vertical(double top, int first, double bottom, int last) {
        return (x, y) -> Colours.mix(first, last, (y - top) / (bottom - top));
    }

    /** Courses of bricks or slabs with joints between. */
    static Paint courses(int rgb, int joint, double length, double height) {
        return (x, y) -> {
            double row = Math.floor(y / height);
            double shift = (row % 2) * length / 2;
            double inRow = y - row * height;
            double inBrick = Math.floorMod((long) Math.floor((x + shift) * 8), (long) (length * 8));
            if (inRow < 0.6 || inBrick < 5) {
                return joint;
            }
            double tone = Noise.hash((long) Math.floor((x + shift) / length), (long) row) - 0.5;
            return Colours.lighten(rgb, 0.16 * tone);
        };
    }

    /** This paint with patches that are lighter and darker. */
    default Paint mottled(double size, double amount, long seed) {
        return (x, y) ->
                Colours.lighten(at(x, y), amount * (Noise.fractal(x / size, y / size, seed) - 0.5));
    }

    /** Two colours in upright stripes. */
    static Paint stripes(int first, int second, double width) {
        return (x, y) -> Math.floorMod((long) Math.floor(x / width), 2L) == 0 ? first : second;
    }
}
