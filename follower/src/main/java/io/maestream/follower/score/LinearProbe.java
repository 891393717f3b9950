package io.maestream.follower.score;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A linear classifier on frozen features: each column standardised by the training rows, softmax
 * cross-entropy, Adam without weight decay, first weights 0. The order of the rows depends on the
 * seed alone.
 *
 * @param epochs passes over the training rows
 * @param learningRate Adam's
 * @param batch rows of a step
 * @param seed of the order of rows
 */
public record LinearProbe(int epochs, double learningRate, int batch, long seed) {

    public LinearProbe {
        if (epochs < 1 || batch < 1 || !(learningRate > 0)) {
            throw new IllegalArgumentException(
                    "epochs and batch must be at least 1, the rate above 0, not %d, %d, %s"
                            .formatted(epochs, batch, learningRate));
        }
    }

    /** The protocol's: 15 epochs, rate 1e-3, batches of 256. */
    public static LinearProbe protocol(long seed) {
        return new LinearProbe(15, 1e-3, 256, seed);
    }

    /**
     * Trains on labelled rows and says the class of each query.
     *
     * @param labels of the training rows, 0 to {@code classes} − 1
     */
    public int[] predict(
            Rows training, int[] labels, int classes, Rows queries, NDManager manager) {
        try (NDManager own = manager.newSubManager()) {
            ProbeWeights weights =
                    ProbeWeights.untrained(own, Moments.of(training, own), classes, learningRate);
            int[] order = IntStream.range(0, training.count()).toArray();
            Random random = new Random(seed);
            for (int epoch = 0; epoch < epochs; epoch++) {
                shuffle(order, random);
                for (int from = 0; from < order.length; from += batch) {
                    int to = Math.min(order.length, from + batch);
                    int[] picked = Arrays.copyOfRange(order, from, to);
                    try (NDManager scope = own.newSubManager()) {
                        weights.learn(training.pick(scope, picked), picked, labels);
                    }
                }
            }
            return answers(weights, queries, own);
        }
    }

    private static int[] answers(ProbeWeights weights, Rows queries, NDManager manager) {
        int[] answers = new int[queries.count()];
        int size = queries.chunk();
        for (int from = 0; from < answers.length; from += size) {
            int to = Math.min(answers.length, from + size);
            try (NDManager scope = manager.newSubManager()) {
                long[] classes = weights.classes(queries.range(scope, from, to));
                for (int i = 0; i < classes.length; i++) {
                    answers[from + i] = (int) classes[i];
                }
            }
        }
        return answers;
    }

    /** Fisher and Yates. */
    private static void shuffle(int[] order, Random random) {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
    }
}
