package io.maestream.follower.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Weights and bias of a linear classifier, with what its features are standardised by. */
final class ProbeWeights {

    private final NDArray mean;
    private final NDArray deviation;
    private final AdamArray weights;
    private final AdamArray bias;
    private final int classes;

    private ProbeWeights(NDManager manager, Moments moments, int classes, double rate) {
        int width = moments.mean().length;
        this.classes = classes;
        mean = manager.create(moments.mean());
        deviation = manager.create(moments.deviation());
        weights = new AdamArray(manager, new Shape(width, classes), rate);
        bias = new AdamArray(manager, new Shape(classes), rate);
    }

    /** All 0: the loss has one minimum, wherever one begins. */
    static ProbeWeights untrained(NDManager manager, Moments moments, int classes, double rate) {
        return new ProbeWeights(manager, moments, classes, rate);
    }

    /**
     * One step of softmax cross-entropy.
     *
     * @param rows (B, D), as they are
     * @param picked their numbers, B
     * @param labels of all rows
     */
    void learn(NDArray rows, int[] picked, int[] labels) {
        NDManager scope = rows.getManager();
        NDArray scaled = standardised(rows);
        float[] targets = new float[picked.length * classes];
        for (int i = 0; i < picked.length; i++) {
            targets[i * classes + labels[picked[i]]] = 1f;
        }
        NDArray error =
                logits(scaled)
                        .softmax(1)
                        .subi(scope.create(targets, new Shape(picked.length, classes)))
                        .divi(picked.length);
        weights.step(scope, scaled.transpose().matMul(error));
        bias.step(scope, error.sum(new int[] {0}));
    }

    /** The likeliest class of each row. */
    long[] classes(NDArray rows) {
        return logits(standardised(rows)).argMax(1).toLongArray();
    }

    private NDArray standardised(NDArray rows) {
        return rows.sub(mean).divi(deviation);
    }

    private NDArray logits(NDArray scaled) {
        return scaled.matMul(weights.values()).addi(bias.values());
    }
}
