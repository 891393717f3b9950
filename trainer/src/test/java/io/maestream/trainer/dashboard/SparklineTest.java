package io.maestream.trainer.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SparklineTest {

    @Property(tries = 100)
    void shouldShowAWholeSeriesInFewPoints(@ForAll @IntRange(min = 0, max = 5_000) int values) {
        // When a rising series is added, with some values that are none
        Sparkline line = new Sparkline();
        for (int i = 0; i < values; i++) {
            line.add(i);
            line.add(Double.NaN);
        }

        // Then its points rise, begin near its beginning and end near its end
        float[] points = line.points();
        assertThat(points.length).isLessThan(Sparkline.POINTS);
        assertThat(points).isSorted();
        if (points.length > 0) {
            double span = 2.0 * values / points.length;
            assertThat((double) points[0]).isBetween(0.0, span);
            assertThat((double) points[points.length - 1])
                    .isBetween(values - 1 - span, values - 1.0);
        }
    }
}
