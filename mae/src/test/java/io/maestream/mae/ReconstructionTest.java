package io.maestream.mae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import ai.djl.Device;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReconstructionTest {

    private static final int GREY = 127;

    static Stream<Arguments> models() {
        return Stream.of(Fixtures.SMALL, Fixtures.GREY)
                .flatMap(
                        shape ->
                                Stream.of(true, false)
                                        .map(normPix -> Arguments.of(shape, normPix)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldShowOriginalsMasksAndPredictions(MaeShape shape, boolean normPix) {
        MaeSettings settings =
                Fixtures.settings(shape, Precision.FP32, new Objective(0.75, normPix));
        try (TrainStep step = TrainStep.open(settings, Device.cpu())) {
            // Given a model that has learned a little
            for (int i = 0; i < 20; i++) {
                step.run(Fixtures.batch(shape, 4, i), 3e-3);
            }
            ImageBatch batch = Fixtures.batch(shape, 3, 50);

            // When it reconstructs a batch
            Reconstruction result = step.reconstruct(batch);

            // Then the predictions are the reference's, de-normalised where they must be
            try (ReferenceMae reference = new ReferenceMae(settings, step.snapshot())) {
                assertThat(result.loss())
                        .isCloseTo(reference.gradients(batch).loss(), withPercentage(1e-2));
                assertPredictions(shape, result.reconstructions(), reference.pixels(batch));
            }
            // And the other panels follow from the mask
            assertPanels(shape, batch, result);
        }
    }

    private static void assertPredictions(MaeShape shape, List<byte[]> images, float[] pixels) {
        int perImage = shape.patches() * shape.patchValues();
        for (int i = 0; i < images.size(); i++) {
            for (int at = 0; at < perImage; at++) {
                Place place = Place.of(shape, at);
                float expected =
                        pixels[i * perImage + place.patch * shape.patchValues() + place.value];
                float clamped = Math.max(0, Math.min(255, expected));
                assertThat(Math.abs((images.get(i)[at] & 0xFF) - clamped)).isLessThan(0.51f);
            }
        }
    }

    private static void assertPanels(MaeShape shape, ImageBatch batch, Reconstruction result) {
        int perImage = shape.patches() * shape.patchValues();
        for (int i = 0; i < batch.size(); i++) {
            Set<Integer> hidden = hidden(shape, batch.maskSeeds()[i]);
            for (int at = 0; at < perImage; at++) {
                byte original = batch.pixels().get(i * perImage + at);
                boolean seen = !hidden.contains(Place.of(shape, at).patch);
                byte predicted = result.reconstructions().get(i)[at];
                assertThat(result.originals().get(i)[at]).isEqualTo(original);
                assertThat(result.masked().get(i)[at]).isEqualTo(seen ? original : (byte) GREY);
                assertThat(result.pasted().get(i)[at]).isEqualTo(seen ? original : predicted);
            }
        }
    }

    private static Set<Integer> hidden(MaeShape shape, long seed) {
        Set<Integer> hidden = new HashSet<>();
        Arrays.stream(Masking.permutation(seed, shape.patches()))
                .skip(shape.visible(0.75))
                .forEach(patch -> hidden.add((int) patch));
        return hidden;
    }

    /**
     * Where a byte of an image (H, W, C) lies among its patches.
     *
     * @param patch row by row
     * @param value within the patch: row, column, channel
     */
    private record Place(int patch, int value) {

        static Place of(MaeShape shape, int at) {
            ImageShape image = shape.image();
            int channel = at % image.channels();
            int x = at / image.channels() % image.size();
            int y = at / image.channels() / image.size();
            int side = image.size() / image.patch();
            int patch = y / image.patch() * side + x / image.patch();
            int within = y % image.patch() * image.patch() + x % image.patch();
            return new Place(patch, within * image.channels() + channel);
        }
    }
}
