package io.maestream.mae;

import java.util.ArrayList;
import java.util.List;

/**
 * A matrix product of a train step, {@code (M, K) × (K, N)}, and how often a step makes it.
 *
 * @param batch independent products of this shape that are made at once; 1 for a linear layer
 * @param m rows of the result
 * @param k summed size
 * @param n columns of the result
 * @param times how often a step makes it
 */
public record MatrixProduct(long batch, long m, long k, long n, long times) {

    /** Multiplications and additions of all of them. */
    public double flops() {
        return 2.0 * batch * m * k * n * times;
    }

    /**
     * All products of one train step, forward and backward: of each forward product the backward
     * pass makes two of the same cost.
     *
     * @param images batch size
     */
    public static List<MatrixProduct> ofStep(MaeShape shape, double maskRatio, int images) {
        long visible = shape.visible(maskRatio);
        long patches = shape.patches();
        long width = shape.encoder().dim();
        long decoderWidth = shape.decoder().dim();
        List<MatrixProduct> products = new ArrayList<>();
        // The pixels need no gradient: the patch projection has one backward product, not two.
        forward(products, images * visible, shape.patchValues(), width);
        products.add(new MatrixProduct(1, width, images * visible, shape.patchValues(), 1));
        tower(products, shape.encoder(), images, visible + 1);
        linear(products, images * (visible + 1), width, decoderWidth, 1);
        tower(products, shape.decoder(), images, patches + 1);
        linear(products, images * (patches - visible), decoderWidth, shape.patchValues(), 1);
        return products;
    }

    private static void tower(
            List<MatrixProduct> products, TowerShape tower, long images, long tokens) {
        long width = tower.dim();
        long depth = tower.depth();
        long rows = images * tokens;
        linear(products, rows, width, 3 * width, depth);
        linear(products, rows, width, width, depth);
        linear(products, rows, width, 4 * width, depth);
        linear(products, rows, 4 * width, width, depth);
        long heads = images * tower.heads();
        long headWidth = width / tower.heads();
        // Scores and mixing, each with two backward products of these two shapes.
        products.add(new MatrixProduct(heads, tokens, headWidth, tokens, 2 * depth));
        products.add(new MatrixProduct(heads, tokens, tokens, headWidth, 4 * depth));
    }

    private static void linear(
            List<MatrixProduct> products, long rows, long in, long out, long times) {
        products.add(new MatrixProduct(1, rows, in, out, times));
        products.add(new MatrixProduct(1, rows, out, in, times));
        products.add(new MatrixProduct(1, out, rows, in, times));
    }

    private static void forward(List<MatrixProduct> products, long rows, long in, long out) {
        products.add(new MatrixProduct(1, rows, in, out, 1));
    }
}
