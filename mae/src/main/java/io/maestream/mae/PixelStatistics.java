package io.maestream.mae;

import java.util.List;

/**
 * How pixels in 0..1 are normalised: minus the mean, divided by the deviation. ImageNet's values;
 * grey takes the mean of the three.
 *
 * @param mean one per channel
 * @param deviation one per channel
 */
public record PixelStatistics(List<Double> mean, List<Double> deviation) {

    private static final List<Double> MEAN = List.of(0.485, 0.456, 0.406);
    private static final List<Double> DEVIATION = List.of(0.229, 0.224, 0.225);

    /**
     * @param channels 1 (grey) or 3 (RGB)
     */
    public static PixelStatistics of(int channels) {
        return channels == 3
                ? new PixelStatistics(MEAN, DEVIATION)
                : new PixelStatistics(List.of(average(MEAN)), List.of(average(DEVIATION)));
    }

    private static double average(List<Double> values) {
        return (values.get(0) + values.get(1) + values.get(2)) / 3;
    }
}
