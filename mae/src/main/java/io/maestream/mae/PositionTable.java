package io.maestream.mae;

/**
 * Fixed two-dimensional sine and cosine positions: half of the width for the column, half for the
 * row, each sines then cosines with frequencies 10000^(−i/(D/4)); the cls token's row is zero
 * (arXiv:2111.06377, appendix A.1).
 */
final class PositionTable {

    private PositionTable() {}

    /**
     * @return (1 + L, D), row by row
     */
    static float[] of(int patches, int dim) {
        int side = (int) Math.round(Math.sqrt(patches));
        float[] table = new float[(patches + 1) * dim];
        for (int patch = 0; patch < patches; patch++) {
            int from = (patch + 1) * dim;
            fill(table, from, dim / 2, patch % side);
            fill(table, from + dim / 2, dim / 2, patch / side);
        }
        return table;
    }

    private static void fill(float[] table, int from, int width, int position) {
        int half = width / 2;
        for (int i = 0; i < half; i++) {
            double angle = position / Math.pow(10_000, i / (double) half);
            table[from + i] = (float) Math.sin(angle);
            table[from + half + i] = (float) Math.cos(angle);
        }
    }
}
