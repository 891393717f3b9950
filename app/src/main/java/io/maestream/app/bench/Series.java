package io.maestream.app.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Figures of the same kind.
 *
 * @param values in the order in which they were measured
 */
public record Series(List<Double> values) {
    public Series {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    /** The middle one, or the mean of the two in the middle. */
    public double median() {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Each with two digits behind the point, a space before it. */
    String text() {
        return values.stream()
                .map(value -> String.format(Locale.ROOT, " %.2f", value))
                .collect(Collectors.joining());
    }

    double min() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    static Series of(double... values) {
        return new Series(Arrays.stream(values).boxed().toList());
    }
}
