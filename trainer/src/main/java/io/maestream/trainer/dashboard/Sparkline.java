package io.maestream.trainer.dashboard;

/** A series in a few points: when they are full, neighbours become one, so it is seen whole. */
final class Sparkline {

    static final int POINTS = 64;

    private final float[] points = new float[POINTS];
    private int size;
    private int stride = 1;
    private double sum;
    private int summed;

    void add(double value) {
        if (!Double.isFinite(value)) {
            return;
        }
        sum += value;
        summed++;
        if (summed == stride) {
            points[size++] = (float) (sum / stride);
            sum = 0;
            summed = 0;
            if (size == POINTS) {
                halve();
            }
        }
    }

    /** Its points, the oldest first. */
    float[] points() {
        return java.util.Arrays.copyOf(points, size);
    }

    private void halve() {
        for (int i = 0; i < POINTS / 2; i++) {
            points[i] = (points[2 * i] + points[2 * i + 1]) / 2;
        }
        size = POINTS / 2;
        stride *= 2;
    }
}
