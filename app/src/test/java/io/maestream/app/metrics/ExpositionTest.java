package io.maestream.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionTest {

    private static final String HISTOGRAM =
            """
            # HELP h Times\\n and \\\\ more
            # TYPE h histogram
            h_bucket{le="1"} 2
            h_bucket{le="+Inf"} 3
            h_sum 4.5e0
            h_count 3
            """;

    @Test
    void shouldReadEveryKindWhenItIsAsSpecified() {
        // When
        Map<String, Exposition.Family> families =
                Exposition.parse(
                        HISTOGRAM
                                + "\n# TYPE c_total counter\n"
                                + "c_total{a=\"x\\\"y\\\\\\n\",b=\"}\",} 1 1700000000000\n"
                                + "# TYPE g gauge\ng NaN\n"
                                + "# TYPE s summary\ns{quantile=\"0.5\"} 1\ns_sum 1\ns_count 1\n");

        // Then
        assertThat(families).containsOnlyKeys("h", "c_total", "g", "s");
        assertThat(families.get("c_total").samples())
                .containsExactly(
                        new Exposition.Sample("c_total", Map.of("a", "x\"y\\\n", "b", "}"), 1));
        assertThat(families.get("g").samples().get(0).value()).isNaN();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# TYPE a gauge\na 1",
                "a 1\n",
                "# TYPE a counter\na -1\n",
                "# TYPE a counter\na NaN\n",
                "# TYPE a gauge\na 1\na 2\n",
                "# TYPE a gauge\na{x=\"1\",y=\"2\"} 1\na{y=\"2\",x=\"1\"} 1\n",
                "# TYPE a gauge\na{x=\"1\",x=\"2\"} 1\n",
                "# TYPE a gauge\na{x=\"1} 1\n",
                "# TYPE a gauge\na{x=\"\\t\"} 1\n",
                "# TYPE a gauge\na{x=\"1\"y=\"2\"} 1\n",
                "# TYPE a gauge\na{1x=\"1\"} 1\n",
                "# TYPE a gauge\na one\n",
                "# TYPE a gauge\na 0x1p3\n",
                "# TYPE a gauge\na 1 now\n",
                "# TYPE a gauge\n# TYPE a gauge\na 1\n",
                "# TYPE a gauge\na 1\n# TYPE a counter\n",
                "# TYPE a gauge\na 1\n# TYPE b gauge\nb 1\n# TYPE a gauge\na{x=\"1\"} 1\n",
                "# TYPE a gauge\na 1\n# TYPE b gauge\na{x=\"1\"} 1\n",
                "# TYPE a number\na 1\n",
                "# TYPE a-b gauge\na-b 1\n",
                "# HELP a \\t\n# TYPE a gauge\na 1\n",
                "# a comment\n",
                "# TYPE a summary\na_sum 1\n",
                "# TYPE a summary\na{quantile=\"2\"} 1\na_sum 1\na_count 1\n",
                "# TYPE a gauge\na_sum 1\n",
            })
    void shouldRefuseWhenSomethingIsNotAsSpecified(String text) {
        assertThatThrownBy(() -> Exposition.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseHistogramsWhenTheirBucketsAndCountDisagree() {
        // Given a histogram with one thing changed at a time
        List<String> broken =
                List.of(
                        HISTOGRAM.replace("_count 3", "_count 4"),
                        HISTOGRAM.replace("\"1\"} 2", "\"1\"} 5"),
                        HISTOGRAM.replace("+Inf", "2"),
                        HISTOGRAM.replace("h_sum 4.5e0\n", ""));

        // Then
        assertThat(broken)
                .allSatisfy(
                        text ->
                                assertThatThrownBy(() -> Exposition.parse(text))
                                        .isInstanceOf(IllegalArgumentException.class));
    }
}
