package io.maestream.follower.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class NearestNeighboursTest {

    @Test
    void shouldFindTheClustersOfQueries() {
        int[] labels = Toy.labels(300, 3);
        int[] asked = Toy.labels(90, 3);
        try (NDManager manager = Toy.manager()) {
            int[] found =
                    NearestNeighbours.protocol()
                            .predict(
                                    Toy.clusters(labels, 5, 0.4, 1),
                                    labels,
                                    3,
                                    Toy.clusters(asked, 5, 0.4, 2),
                                    manager);

            assertThat(Toy.share(found, asked)).isEqualTo(1);
        }
    }

    @Test
    void shouldGiveTheKnownAnswerOfAHandfulOfPoints() {
        // Given points whose mean is the origin: left is class 0, right is class 1
        float[][] points = {{-1, 0}, {-1, 1}, {1, -1}, {1, 0}};
        int[] labels = {0, 0, 1, 1};
        Rows queries = Rows.of(new float[][] {{-5, 0.1f}, {0.3f, 0}, {0, -1}});
        try (NDManager manager = Toy.manager()) {
            // When
            int[] found =
                    new NearestNeighbours(1, 0.07)
                            .predict(Rows.of(points), labels, 2, queries, manager);

            // Then only directions count, whatever the distance: straight down is nearest to (1,
            // -1)
            assertThat(found).containsExactly(0, 1, 1);
        }
    }

    @Test
    void shouldMakeNothingOfAnOffsetThatAllFeaturesShare() {
        // Given two directions seen from their mean, nearly one direction seen from the origin
        float[][] points = {{1000, 1}, {1000, -1}};
        Rows queries = Rows.of(new float[][] {{1000, 0.2f}, {1000, -3f}});
        try (NDManager manager = Toy.manager()) {
            int[] found =
                    new NearestNeighbours(1, 0.07)
                            .predict(Rows.of(points), new int[] {0, 1}, 2, queries, manager);

            assertThat(found).containsExactly(0, 1);
        }
    }

    @Test
    void shouldTakeMoreRowsThanFitIntoOneChunk() {
        // Given more training rows than one chunk has, the right ones among the last
        int rows = 4096 + 700;
        ByteBuffer pixels = ByteBuffer.allocateDirect(rows * 4);
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            boolean last = i >= rows - 20;
            labels[i] = last ? 1 : 0;
            pixels.put(last ? new byte[] {0, 0, (byte) 255, 9} : new byte[] {9, 40, 0, 0});
        }
        Rows training = new Rows(pixels.flip(), rows, 4, DataType.UINT8);
        Rows queries = Rows.of(new float[][] {{0, 0, 200, 9}, {9, 41, 0, 0}});
        try (NDManager manager = Toy.manager()) {
            int[] found =
                    NearestNeighbours.protocol().predict(training, labels, 2, queries, manager);

            assertThat(found).containsExactly(1, 0);
        }
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertThatThrownBy(() -> new NearestNeighbours(0, 0.07)).hasMessageContaining("k must be");
        assertThatThrownBy(() -> new NearestNeighbours(1, 0)).hasMessageContaining("temperature");
    }
}
