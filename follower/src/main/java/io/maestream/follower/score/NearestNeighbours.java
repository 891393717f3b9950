package io.maestream.follower.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/**
 * Weighted k-nearest-neighbour classification: cosine similarity of features from which the
 * training features' mean was taken, each neighbour's vote weighing {@code exp(similarity /
 * temperature)} (Wu et al., arXiv:1805.01978, section 3.4).
 *
 * @param k neighbours that vote
 * @param temperature the lower, the more the nearest decide
 */
public record NearestNeighbours(int k, double temperature) {

    private static final double SMALLEST_NORM = 1e-12;

    public NearestNeighbours {
        if (k < 1 || !(temperature > 0)) {
            throw new IllegalArgumentException(
                    "k must be at least 1 and the temperature above 0, not %d and %s"
                            .formatted(k, temperature));
        }
    }

    /** The protocol's: k = 20, temperature 0.07. */
    public static NearestNeighbours protocol() {
        return new NearestNeighbours(20, 0.07);
    }

    /**
     * The class of each query.
     *
     * @param labels of the training rows, 0 to {@code classes} − 1
     */
    public int[] predict(
            Rows training, int[] labels, int classes, Rows queries, NDManager manager) {
        float[] mean = Moments.of(training, manager).mean();
        int[] predicted = new int[queries.count()];
        int size = queries.chunk();
        for (int from = 0; from < queries.count(); from += size) {
            int to = Math.min(queries.count(), from + size);
            Neighbours[] nearest = new Neighbours[to - from];
            for (int i = 0; i < nearest.length; i++) {
                nearest[i] = new Neighbours(k);
            }
            try (NDManager scope = manager.newSubManager()) {
                search(unit(queries.range(scope, from, to), mean), training, mean, nearest);
            }
            for (int i = 0; i < nearest.length; i++) {
                predicted[from + i] = nearest[i].vote(labels, classes, temperature);
            }
        }
        return predicted;
    }

    private void search(NDArray queries, Rows training, float[] mean, Neighbours[] nearest) {
        int size = training.chunk();
        for (int from = 0; from < training.count(); from += size) {
            int to = Math.min(training.count(), from + size);
            try (NDManager scope = queries.getManager().newSubManager()) {
                NDArray rows = unit(training.range(scope, from, to), mean);
                NDArray similarities = queries.matMul(rows.transpose());
                similarities.attach(scope);
                offer(similarities, from, Math.min(k, to - from), nearest);
            }
        }
    }

    private static void offer(NDArray similarities, int first, int most, Neighbours[] nearest) {
        NDList top = similarities.topK(most, 1);
        float[] values = top.get(0).toFloatArray();
        long[] places = top.get(1).toLongArray();
        for (int query = 0; query < nearest.length; query++) {
            for (int i = query * most; i < (query + 1) * most; i++) {
                nearest[query].offer(values[i], first + (int) places[i]);
            }
        }
    }

    /** Centred rows of length 1; one that is the mean itself stays 0 and is near to none. */
    private static NDArray unit(NDArray rows, float[] mean) {
        NDArray centred = rows.sub(rows.getManager().create(mean));
        NDArray norms = centred.norm(new int[] {1}, true).maximum(SMALLEST_NORM);
        return centred.div(norms);
    }
}
