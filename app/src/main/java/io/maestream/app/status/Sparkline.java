package io.maestream.app.status;

import java.util.ArrayList;
import java.util.List;

/** A row of figures as a row of blocks. */
final class Sparkline {
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";

    private Sparkline() {}

    /**
     * One block for each figure, or for the mean of several where there are more than columns; the
     * smallest is the lowest block and the largest the highest.
     *
     * @param figures finite
     */
    static String of(List<Float> figures, int columns) {
        List<Double> means = means(figures, Math.min(columns, figures.size()));
        double least = means.stream().mapToDouble(d -> d).min().orElse(0);
        double most = means.stream().mapToDouble(d -> d).max().orElse(0);
        StringBuilder line = new StringBuilder();
        for (double mean : means) {
            double share = most > least ? (mean - least) / (most - least) : 0;
            line.append(BLOCKS.charAt((int) Math.round(share * (BLOCKS.length() - 1))));
        }
        return line.toString();
    }

    private static List<Double> means(List<Float> figures, int columns) {
        List<Double> means = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            int from = (int) ((long) figures.size() * column / columns);
            int until = (int) ((long) figures.size() * (column + 1) / columns);
            means.add(
                    figures.subList(from, until).stream()
                            .mapToDouble(Float::doubleValue)
                            .average()
                            .orElseThrow());
        }
        return means;
    }
}
