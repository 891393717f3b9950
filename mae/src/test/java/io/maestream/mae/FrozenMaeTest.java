package io.maestream.mae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrozenMaeTest {

    private static final MaeShape SHAPE = Fixtures.WIDE;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldGiveEnoughToComputeTheLossAgain(boolean normPix) {
        // Given a model that has learned a little, and one image
        MaeSettings settings =
                Fixtures.settings(SHAPE, Precision.FP32, new Objective(0.75, normPix));
        ImageBatch image = Fixtures.batch(SHAPE, 1, 50);
        try (TrainStep step = TrainStep.open(settings, Device.cpu())) {
            for (int i = 0; i < 5; i++) {
                step.run(Fixtures.batch(SHAPE, 4, i), 3e-3);
            }
            TrainState state = step.snapshot();
            try (FrozenMae mae = open(settings, state);
                    ReferenceMae reference = new ReferenceMae(settings, state)) {
                // When it predicts the image
                MaskedPrediction found = mae.predict(image);

                // Then plain arithmetic on the arrays gives the loss, and it is the reference's
                assertThat((float) loss(found, normPix)).isCloseTo(found.loss(), within(1e-5f));
                assertThat(found.loss())
                        .isCloseTo(reference.gradients(image).loss(), within(1e-4f));
                assertThat(mae.reconstruct(image).loss()).isCloseTo(found.loss(), within(1e-6f));
            }
        }
    }

    @Test
    void shouldSayWhichPatchesWereSeen() {
        MaeSettings settings = Fixtures.settings(SHAPE, Precision.FP32);
        ImageBatch image = Fixtures.batch(SHAPE, 1, 3);
        try (TrainStep step = TrainStep.open(settings, Device.cpu());
                FrozenMae mae = open(settings, step.snapshot())) {
            MaskedPrediction found = mae.predict(image);

            long[] order = Masking.permutation(image.maskSeeds()[0], SHAPE.patches());
            assertThat(found.visible()).isEqualTo(Arrays.copyOf(order, SHAPE.visible(0.75)));
            for (int i = 0; i < order.length; i++) {
                assertThat(found.restore()[(int) order[i]]).isEqualTo(i);
                assertThat(found.mask()[(int) order[i]])
                        .isEqualTo(i < SHAPE.visible(0.75) ? 0f : 1f);
            }
        }
    }

    @Test
    void shouldNameTheArraysWhenTheWeightsAreOfAnotherModel() {
        MaeSettings settings = Fixtures.settings(Fixtures.SMALL, Precision.FP32);
        try (TrainStep step = TrainStep.open(settings, Device.cpu())) {
            List<NamedTensor> weights = step.snapshot().parameters();
            assertThatThrownBy(
                            () ->
                                    FrozenMae.open(
                                            SHAPE, settings.objective(), weights, Device.cpu()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cls_token");
        }
    }

    private static FrozenMae open(MaeSettings settings, TrainState state) {
        return FrozenMae.open(
                settings.shape(), settings.objective(), state.parameters(), Device.cpu());
    }

    private static double loss(MaskedPrediction found, boolean normPix) {
        int values = SHAPE.patchValues();
        double sum = 0;
        double hidden = 0;
        for (int patch = 0; patch < SHAPE.patches(); patch++) {
            if (found.mask()[patch] == 1f) {
                float[] truth =
                        Arrays.copyOfRange(found.patches(), patch * values, (patch + 1) * values);
                double[] target = normPix ? normalised(truth) : doubles(truth);
                double error = 0;
                for (int i = 0; i < values; i++) {
                    error += Math.pow(found.prediction()[patch * values + i] - target[i], 2);
                }
                sum += error / values;
                hidden++;
            }
        }
        return sum / hidden;
    }

    private static double[] normalised(float[] patch) {
        double[] values = doubles(patch);
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance =
                Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
        return Arrays.stream(values).map(v -> (v - mean) / Math.sqrt(variance + 1e-6)).toArray();
    }

    private static double[] doubles(float[] floats) {
        double[] doubles = new double[floats.length];
        Arrays.setAll(doubles, i -> floats[i]);
        return doubles;
    }
}
