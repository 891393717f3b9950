package io.maestream.follower.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;

class MomentsTest {

    @Test
    void shouldBeThoseOfThePopulationAlsoFarFromZero() {
        // Given 10,000 rows whose first column is 100,000 and a little, in more than one chunk
        float[][] rows = new float[10_000][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new float[] {100_000 + (i % 2 == 0 ? 1 : -1), i % 4, 5};
        }
        try (NDManager manager = Toy.manager()) {
            Moments moments = Moments.of(Rows.of(rows), manager);

            assertThat(moments.mean())
                    .containsExactly(new float[] {100_000, 1.5f, 5}, within(1e-2f));
            assertThat(moments.deviation())
                    .containsExactly(new float[] {1, (float) Math.sqrt(1.25), 1}, within(1e-4f));
        }
    }
}
