package io.maestream.follower.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearProbeTest {

    @Test
    void shouldSeparateWhatALineSeparates() {
        int[] labels = Toy.labels(3000, 3);
        int[] asked = Toy.labels(300, 3);
        try (NDManager manager = Toy.manager()) {
            int[] found =
                    LinearProbe.protocol(1)
                            .predict(
                                    Toy.clusters(labels, 8, 0.5, 1),
                                    labels,
                                    3,
                                    Toy.clusters(asked, 8, 0.5, 2),
                                    manager);

            assertThat(Toy.share(found, asked)).isGreaterThan(0.99);
        }
    }

    @Test
    void shouldNotSeparateLabelsOfChance() {
        Random random = new Random(3);
        int[] labels = random.ints(2000, 0, 4).toArray();
        int[] asked = random.ints(2000, 0, 4).toArray();
        try (NDManager manager = Toy.manager()) {
            Rows rows = Toy.clusters(Toy.labels(2000, 4), 8, 1, 4);
            int[] found = LinearProbe.protocol(1).predict(rows, labels, 4, rows, manager);

            assertThat(Toy.share(found, asked)).isCloseTo(0.25, within(0.06));
        }
    }

    @Test
    void shouldAnswerTheSameForTheSameSeedAndAnotherOrderForAnother() {
        int[] labels = Toy.labels(500, 3);
        Rows rows = Toy.clusters(labels, 6, 3, 5);
        Rows queries = Toy.clusters(Toy.labels(999, 3), 6, 3, 6);
        try (NDManager manager = Toy.manager()) {
            int[] once = LinearProbe.protocol(7).predict(rows, labels, 3, queries, manager);
            int[] again = LinearProbe.protocol(7).predict(rows, labels, 3, queries, manager);
            int[] other = LinearProbe.protocol(8).predict(rows, labels, 3, queries, manager);

            assertThat(again).isEqualTo(once);
            assertThat(Toy.share(other, once)).isGreaterThan(0.95);
        }
    }

    @Test
    void shouldLiveWithAColumnThatNeverChanges() {
        float[][] points = {{7, -1}, {7, -2}, {7, 1}, {7, 2}};
        int[] labels = {0, 0, 1, 1};
        Rows queries = Rows.of(new float[][] {{7, -3}, {8, 3}});
        try (NDManager manager = Toy.manager()) {
            int[] found =
                    new LinearProbe(200, 1e-2, 2, 1)
                            .predict(Rows.of(points), labels, 2, queries, manager);

            assertThat(found).containsExactly(0, 1);
        }
    }

    @Test
    void shouldTakeTheStepsThatAdamTakes() {
        // Given a gradient of 2 and then of -1, and the paper's formula by hand
        double first = 0.1 * 2;
        double second = 0.001 * 4;
        double value = -0.5 * (first / 0.1) / (Math.sqrt(second / 0.001) + 1e-8);
        first = 0.9 * first - 0.1;
        second = 0.999 * second + 0.001;
        value -= 0.5 * (first / (1 - 0.81)) / (Math.sqrt(second / (1 - 0.999 * 0.999)) + 1e-8);
        try (NDManager manager = Toy.manager();
                NDManager scope = manager.newSubManager()) {
            AdamArray array = new AdamArray(manager, new ai.djl.ndarray.types.Shape(1), 0.5);

            array.step(scope, scope.create(new float[] {2}));
            array.step(scope, scope.create(new float[] {-1}));

            assertThat((double) array.values().toFloatArray()[0]).isCloseTo(value, within(1e-6));
        }
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertThatThrownBy(() -> new LinearProbe(0, 1e-3, 1, 1)).hasMessageContaining("epochs");
        assertThatThrownBy(() -> Rows.of(new float[][] {{}})).hasMessageContaining("1 column");
    }
}
