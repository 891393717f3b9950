package io.maestream.app.metrics;

import io.maestream.app.metrics.Exposition.Family;
import io.maestream.app.metrics.Exposition.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether the samples of a summary or histogram go together. */
final class Distributions {

    private Distributions() {}

    static void check(Family family) {
        if (!family.type().equals("summary") && !family.type().equals("histogram")) {
            return;
        }
        groups(family)
                .forEach(
                        (labels, samples) -> {
                            require(samples, family.name() + "_sum");
                            double count = require(samples, family.name() + "_count");
                            if (family.type().equals("histogram")) {
                                buckets(family, samples, count);
                            } else {
                                quantiles(family, samples);
                            }
                        });
    }

    private static void buckets(Family family, List<Sample> samples, double count) {
        double before = 0;
        double bound = Double.NEGATIVE_INFINITY;
        for (Sample sample : named(samples, family.name() + "_bucket")) {
            double le = bound(sample, "le");
            if (le <= bound || sample.value() < before) {
                throw new IllegalArgumentException(family.name() + ": buckets do not increase");
            }
            bound = le;
            before = sample.value();
        }
        if (bound != Double.POSITIVE_INFINITY || before != count) {
            throw new IllegalArgumentException(
                    family.name() + ": the last bucket is not +Inf, or not the count");
        }
    }

    private static void quantiles(Family family, List<Sample> samples) {
        for (Sample sample : named(samples, family.name())) {
            double quantile = bound(sample, "quantile");
            if (!(quantile >= 0 && quantile <= 1)) {
                throw new IllegalArgumentException(family.name() + ": no quantile");
            }
        }
    }

    private static double bound(Sample sample, String label) {
        String text = sample.labels().getOrDefault(label, "missing");
        return Double.parseDouble(text.replace("Inf", "Infinity"));
    }

    private static double require(List<Sample> samples, String name) {
        List<Sample> found = named(samples, name);
        if (found.size() != 1) {
            throw new IllegalArgumentException("one " + name + " is needed for each label set");
        }
        return found.get(0).value();
    }

    private static List<Sample> named(List<Sample> samples, String name) {
        return samples.stream().filter(sample -> sample.name().equals(name)).toList();
    }

    private static Map<Map<String, String>, List<Sample>> groups(Family family) {
        return family.samples().stream()
                .collect(
                        Collectors.groupingBy(
                                Distributions::without, LinkedHashMap::new, Collectors.toList()));
    }

    private static Map<String, String> without(Sample sample) {
        Map<String, String> labels = new TreeMap<>(sample.labels());
        labels.keySet().removeAll(List.of("le", "quantile"));
        return labels;
    }
}
