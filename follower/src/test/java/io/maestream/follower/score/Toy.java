package io.maestream.follower.score;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.Random;

/** Points around known centres. */
final class Toy {

    private Toy() {}

    static NDManager manager() {
        return NDManager.newBaseManager(Device.cpu(), "PyTorch");
    }

    /** Labels 0, 1, 2, 0, 1, 2 … */
    static int[] labels(int count, int classes) {
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % classes;
        }
        return labels;
    }

    /** Clusters on the axes, far from the origin, each of a width. */
    static Rows clusters(int[] labels, int width, double spread, long seed) {
        Random random = new Random(seed);
        float[][] rows = new float[labels.length][width];
        for (int i = 0; i < labels.length; i++) {
            for (int column = 0; column < width; column++) {
                double centre = column == labels[i] ? 3 : 0;
                rows[i][column] = (float) (100 + centre + spread * random.nextGaussian());
            }
        }
        return Rows.of(rows);
    }

    static double share(int[] predicted, int[] labels) {
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            right += predicted[i] == labels[i] ? 1 : 0;
        }
        return (double) right / labels.length;
    }
}
