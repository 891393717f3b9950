package io.maestream.app.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;

/**
 * How resident memory went over a run. The first quarter is warm-up: pools and caches fill.
 *
 * @param steps all steps
 * @param startMebibytes after warm-up
 * @param endMebibytes after the last step
 * @param arrays most native arrays that lived on after a step, less the fewest, after warm-up
 * @param slope MiB per 1,000 steps after warm-up, by least squares
 */
public record MemoryReport(
        int steps, double startMebibytes, double endMebibytes, int arrays, double slope)
        implements Report {
    private static final int LEAST_STEPS = 8;

    /**
     * What was found after one step.
     *
     * @param mebibytes resident memory of this process
     * @param arrays native arrays that live on
     */
    record Sample(double mebibytes, int arrays) {}

    /** From a sample after each step. */
    static MemoryReport of(List<Sample> samples) {
        if (samples.size() < LEAST_STEPS) {
            throw new IllegalArgumentException("at least " + LEAST_STEPS + " steps are needed");
        }
        List<Sample> counted = samples.subList(samples.size() / 4, samples.size());
        IntSummaryStatistics arrays = counted.stream().mapToInt(Sample::arrays).summaryStatistics();
        return new MemoryReport(
                samples.size(),
                counted.get(0).mebibytes(),
                counted.get(counted.size() - 1).mebibytes(),
                arrays.getMax() - arrays.getMin(),
                1_000 * slope(counted.stream().map(Sample::mebibytes).toList()));
    }

    @Override
    public List<String> lines() {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%d steps: %.1f MiB after warm-up, %.1f MiB at the end; slope %.3f MiB per"
                                + " 1,000 steps; native arrays %+d",
                        steps,
                        startMebibytes,
                        endMebibytes,
                        slope,
                        arrays));
    }

    @Override
    public String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("steps", steps);
        json.put("startMebibytes", startMebibytes);
        json.put("endMebibytes", endMebibytes);
        json.put("mebibytesPerThousandSteps", slope);
        json.put("nativeArrays", arrays);
        return json.toString();
    }

    /** Of the least-squares line through the values at 0, 1, 2, … */
    private static double slope(List<Double> values) {
        double meanX = (values.size() - 1) / 2.0;
        double meanY = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double covariance = 0;
        double variance = 0;
        for (int x = 0; x < values.size(); x++) {
            covariance += (x - meanX) * (values.get(x) - meanY);
            variance += (x - meanX) * (x - meanX);
        }
        return covariance / variance;
    }
}
