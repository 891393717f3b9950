package io.maestream.trainer.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CropTest {

    @Property
    void shouldStayInsideTheImage(
            @ForAll @IntRange(min = 1, max = 4_000) int width,
            @ForAll @IntRange(min = 1, max = 4_000) int height,
            @ForAll @DoubleRange(min = 0.01, max = 1) double minScale,
            @ForAll long root) {
        Crop crop = Crop.random(width, height, new Augmentation(minScale, true), root);

        assertThat(crop.x()).isNotNegative();
        assertThat(crop.y()).isNotNegative();
        assertThat(crop.width()).isPositive();
        assertThat(crop.height()).isPositive();
        assertThat(crop.x() + crop.width()).isLessThanOrEqualTo(width);
        assertThat(crop.y() + crop.height()).isLessThanOrEqualTo(height);
    }

    @Property
    void shouldStayInsideTheShrunkenImage(
            @ForAll @IntRange(min = 1, max = 4_000) int width,
            @ForAll @IntRange(min = 1, max = 4_000) int height,
            @ForAll long root) {
        Crop crop = Crop.random(width, height, new Augmentation(0.2, true), root);
        int reduction = crop.reduction(96);
        int decodedWidth = (width + reduction - 1) / reduction;
        int decodedHeight = (height + reduction - 1) / reduction;

        Crop window = crop.scaledTo(decodedWidth, decodedHeight, reduction);

        assertThat(window.x() + window.width()).isLessThanOrEqualTo(decodedWidth);
        assertThat(window.y() + window.height()).isLessThanOrEqualTo(decodedHeight);
        assertThat(window.width()).isPositive();
        assertThat(window.height()).isPositive();
        if (reduction > 1) {
            assertThat(Math.min(window.width(), window.height())).isGreaterThanOrEqualTo(96);
        }
    }

    @Property
    void shouldKeepTheAreaShareAndTheAspectRatioWithinBounds(@ForAll long root) {
        Crop crop = Crop.random(256, 256, new Augmentation(0.2, true), root);

        double share = crop.width() * (double) crop.height() / (256 * 256);
        assertThat(share).isBetween(0.19, 1.0);
        assertThat(crop.width() / (double) crop.height()).isBetween(0.73, 1.36);
    }

    @Test
    void shouldFlipHalfOfTheImagesOrNone() {
        Augmentation flips = new Augmentation(0.2, true);
        Augmentation none = new Augmentation(0.2, false);

        long flipped = countFlipped(flips);

        assertThat(flipped).isBetween(900L, 1100L);
        assertThat(countFlipped(none)).isZero();
    }

    @Test
    void shouldTakeTheWholeImageWhenItIsSquareAndTheScaleIsOne() {
        Crop crop = Crop.random(96, 96, new Augmentation(1, false), 7);

        assertThat(crop).isEqualTo(new Crop(0, 0, 96, 96, false));
    }

    private static long countFlipped(Augmentation augmentation) {
        return LongStream.range(0, 2_000)
                .map(offset -> root(offset))
                .filter(root -> Crop.random(100, 100, augmentation, root).flipped())
                .count();
    }

    private static long root(long offset) {
        return CounterRandom.recordRoot(42, new RecordRef(new PartitionId("t", 0), offset, 0));
    }
}
