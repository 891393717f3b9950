package io.maestream.follower.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Mean and deviation of each column.
 *
 * @param mean (D)
 * @param deviation (D), of the population; 1 for a column that never changes, which says nothing
 */
record Moments(float[] mean, float[] deviation) {

    private static final int[] OVER_ROWS = {0};

    /** Those of all rows, in two passes; sums of chunks are added in double precision. */
    static Moments of(Rows rows, NDManager manager) {
        double[] sum = new double[rows.width()];
        forChunks(rows, manager, chunk -> add(sum, chunk.sum(OVER_ROWS)));
        float[] mean = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            mean[i] = (float) (sum[i] / rows.count());
        }
        double[] squares = new double[rows.width()];
        forChunks(
                rows,
                manager,
                chunk -> {
                    NDArray centred = chunk.sub(chunk.getManager().create(mean));
                    add(squares, centred.mul(centred).sum(OVER_ROWS));
                });
        float[] deviation = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            double root = Math.sqrt(squares[i] / rows.count());
            deviation[i] = root > 0 ? (float) root : 1f;
        }
        return new Moments(mean, deviation);
    }

    private interface Chunk {
        void take(NDArray rows);
    }

    private static void forChunks(Rows rows, NDManager manager, Chunk reader) {
        int size = rows.chunk();
        for (int from = 0; from < rows.count(); from += size) {
            try (NDManager scope = manager.newSubManager()) {
                reader.take(rows.range(scope, from, Math.min(rows.count(), from + size)));
            }
        }
    }

    private static void add(double[] sum, NDArray part) {
        float[] values = part.toFloatArray();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += values[i];
        }
    }
}
