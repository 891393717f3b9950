package io.maestream.mae;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** Measures how long a step's matrix products take alone, on this machine and in this process. */
public final class MatmulRoofline {

    private static final int ROUNDS = 5;
    private static final double FLOPS_PER_ROUND = 4e9;

    private MatmulRoofline() {}

    /**
     * Milliseconds that all matrix products of one train step take, each at the best of a few
     * rounds in the settings' precision.
     *
     * @param images batch size
     */
    public static double measureMillis(MaeSettings settings, int images, Device device) {
        double millis = 0;
        try (NDManager manager = NDManager.newBaseManager(device, "PyTorch");
                Kernels kernels = Kernels.load(manager, settings, device)) {
            for (MatrixProduct product :
                    MatrixProduct.ofStep(
                            settings.shape(), settings.objective().maskRatio(), images)) {
                millis += product.times() * millisOfOne(manager, kernels, product);
            }
        }
        return millis;
    }

    private static double millisOfOne(NDManager manager, Kernels kernels, MatrixProduct product) {
        double one = 2.0 * product.batch() * product.m() * product.k() * product.n();
        int times = (int) Math.max(2, Math.min(200, FLOPS_PER_ROUND / one));
        try (NDManager scope = manager.newSubManager()) {
            NDArray a = scope.randomNormal(new Shape(product.batch(), product.m(), product.k()));
            NDArray b = scope.randomNormal(new Shape(product.batch(), product.k(), product.n()));
            double best = Double.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                // The difference leaves out the casts and the call itself.
                double few = millis(scope, kernels, List.of(a, b), 1);
                double many = millis(scope, kernels, List.of(a, b), 1 + times);
                best = Math.min(best, Math.max(0, many - few) / times);
            }
            return best;
        }
    }

    /** A single product is one of matrices, as in the model's linear layers, not of stacks. */
    private static Shape shape(long batch, long rows, long columns) {
        return batch == 1 ? new Shape(rows, columns) : new Shape(batch, rows, columns);
    }

    private static double millis(
            NDManager scope, Kernels kernels, List<NDArray> factors, int times) {
        NDArray count = scope.create((long) times);
        List<NDArray> arguments = List.of(factors.get(0), factors.get(1), count);
        long began = System.nanoTime();
        kernels.call(scope, "products", arguments, List.of()).get(0).getFloat();
        return (System.nanoTime() - began) / 1e6;
    }
}
