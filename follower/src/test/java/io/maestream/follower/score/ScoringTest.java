package io.maestream.follower.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.maestream.mae.FrozenEncoder;
import io.maestream.mae.ImageShape;
import io.maestream.mae.TowerShape;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ScoringTest {

    private static final ImageShape IMAGE = new ImageShape(8, 4, 1);
    private static final TowerShape TOWER = new TowerShape(16, 1, 2);
    private static final List<String> CLASSES = List.of("bright", "dark");

    @Test
    void shouldScoreAnEncoderAndPixelsTheSameEachTime() {
        // Given bright and dark images, which any features tell apart
        Scoring scoring = new Scoring(images(200, 1), images(60, 2), 1, Device.cpu(), () -> false);
        try (FrozenEncoder encoder = FrozenEncoder.untrained(IMAGE, TOWER, 3, Device.cpu())) {
            // When
            Map<String, Double> scores = scoring.of(encoder);

            // Then
            assertThat(scores.keySet())
                    .containsExactly("knn.cls", "knn.mean", "linear.cls", "linear.mean");
            assertThat(scores.get("linear.mean")).isGreaterThan(0.95);
            assertThat(scores.values()).allMatch(score -> score >= 0 && score <= 1);
            assertThat(scoring.of(encoder)).isEqualTo(scores);
            assertThat(scoring.ofPixels())
                    .containsEntry("linear.pixels", 1.0)
                    .containsKey("knn.pixels");
        }
    }

    @Test
    void shouldStopWhenNobodyWantsTheScores() {
        Scoring scoring = new Scoring(images(4, 1), images(4, 2), 1, Device.cpu(), () -> true);
        try (FrozenEncoder encoder = FrozenEncoder.untrained(IMAGE, TOWER, 3, Device.cpu())) {
            assertThatThrownBy(() -> scoring.of(encoder)).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void shouldRefuseImagesOfAnotherSizeThanTheEncoderTakes() {
        Scoring scoring = new Scoring(images(4, 1), images(4, 2), 1, Device.cpu(), () -> false);
        try (FrozenEncoder other =
                FrozenEncoder.untrained(new ImageShape(12, 4, 1), TOWER, 3, Device.cpu())) {
            assertThatThrownBy(() -> scoring.of(other))
                    .hasMessageContaining("takes images of 12 x 12 x 1, these have 8 x 8 x 1");
        }
        assertThatThrownBy(
                        () ->
                                new LabelledImages(
                                        ByteBuffer.allocateDirect(64),
                                        8,
                                        1,
                                        new int[] {2},
                                        CLASSES))
                .hasMessageContaining("label 2 is none of 2");
    }

    private static LabelledImages images(int count, long seed) {
        Random random = new Random(seed);
        ByteBuffer pixels = ByteBuffer.allocateDirect(count * 64);
        int[] labels = Toy.labels(count, 2);
        for (int label : labels) {
            for (int i = 0; i < 64; i++) {
                pixels.put((byte) (random.nextInt(100) + (label == 0 ? 130 : 0)));
            }
        }
        return new LabelledImages(pixels.flip(), 8, 1, labels, CLASSES);
    }
}
