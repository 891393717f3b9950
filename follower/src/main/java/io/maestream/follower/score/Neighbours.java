package io.maestream.follower.score;

import java.util.Arrays;

/** The nearest rows to one query that were found so far, nearest first. */
final class Neighbours {

    private final float[] similarities;
    private final int[] rows;
    private int found;

    Neighbours(int most) {
        similarities = new float[most];
        rows = new int[most];
    }

    /** Offers a row; of equally near ones the first that was offered goes before. */
    void offer(float similarity, int row) {
        if (found == rows.length && similarity <= similarities[found - 1]) {
            return;
        }
        int place = found < rows.length ? found++ : found - 1;
        while (place > 0 && similarities[place - 1] < similarity) {
            similarities[place] = similarities[place - 1];
            rows[place] = rows[place - 1];
            place--;
        }
        similarities[place] = similarity;
        rows[place] = row;
    }

    /**
     * The class with the greatest sum of {@code exp(similarity / temperature)}; the lowest of equal
     * ones.
     */
    int vote(int[] labels, int classes, double temperature) {
        double[] votes = new double[classes];
        for (int i = 0; i < found; i++) {
            votes[labels[rows[i]]] += Math.exp(similarities[i] / temperature);
        }
        int best = 0;
        for (int label = 1; label < classes; label++) {
            best = votes[label] > votes[best] ? label : best;
        }
        return best;
    }

    /** Row numbers, nearest first. */
    int[] rows() {
        return Arrays.copyOf(rows, found);
    }
}
