package io.maestream.follower.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** An array that Adam changes (Kingma and Ba, arXiv:1412.6980, algorithm 1), first 0. */
final class AdamArray {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final NDArray values;
    private final NDArray first;
    private final NDArray second;
    private final double rate;
    private int steps;

    AdamArray(NDManager manager, Shape shape, double rate) {
        values = manager.zeros(shape);
        first = manager.zeros(shape);
        second = manager.zeros(shape);
        this.rate = rate;
    }

    NDArray values() {
        return values;
    }

    /**
     * @param scope owns what is made on the way
     */
    void step(NDManager scope, NDArray gradient) {
        steps++;
        gradient.attach(scope);
        first.muli(BETA1).addi(gradient.mul(1 - BETA1));
        second.muli(BETA2).addi(gradient.mul(gradient).muli(1 - BETA2));
        NDArray root = second.div(1 - Math.pow(BETA2, steps));
        root.attach(scope);
        NDArray divisor = root.sqrt().addi(EPSILON);
        NDArray change = first.mul(rate / (1 - Math.pow(BETA1, steps)));
        change.attach(scope);
        values.subi(change.divi(divisor));
    }
}
