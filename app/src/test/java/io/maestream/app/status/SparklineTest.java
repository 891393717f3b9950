package io.maestream.app.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SparklineTest {
    @Test
    void shouldDrawTheLowestAndTheHighestBlock() {
        assertThat(Sparkline.of(List.of(8f, 4f, 1f), 10)).isEqualTo("█▄▁");
        assertThat(Sparkline.of(List.of(2f, 2f), 10)).isEqualTo("▁▁");
        assertThat(Sparkline.of(List.of(), 10)).isEmpty();
    }

    @Test
    void shouldTakeMeansWhereThereAreMoreFiguresThanColumns() {
        assertThat(Sparkline.of(List.of(0f, 2f, 8f, 8f), 2)).isEqualTo("▁█");
    }

    @Property
    void shouldNeverBeLongerThanAsked(
            @ForAll @Size(max = 50) List<@FloatRange(min = -1e6f, max = 1e6f) Float> figures,
            @ForAll @IntRange(min = 1, max = 60) int columns) {
        assertThat(Sparkline.of(figures, columns))
                .hasSize(Math.min(columns, figures.size()))
                .matches("[▁▂▃▄▅▆▇█]*");
    }
}
