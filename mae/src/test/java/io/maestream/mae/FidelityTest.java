package io.maestream.mae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernels against {@link ReferenceMae}, in float32. */
class FidelityTest {

    private static final double LOSS_PERCENT = 1e-3;
    private static final double GRADIENT_TOLERANCE = 1e-4;

    static Stream<Arguments> models() {
        return Stream.of(Fixtures.SMALL, Fixtures.GREY, Fixtures.WIDE)
                .flatMap(
                        shape ->
                                Stream.of(true, false)
                                        .map(normPix -> Arguments.of(shape, normPix)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldGiveTheLossAndGradientsOfThePlainOperations(MaeShape shape, boolean normPix) {
        MaeSettings settings =
                Fixtures.settings(shape, Precision.FP32, new Objective(0.75, normPix));
        try (TrainStep step = TrainStep.open(settings, Device.cpu())) {
            // Given a model some steps away from its start, where biases are no longer zero
            for (int i = 0; i < 10; i++) {
                step.run(Fixtures.batch(shape, 4, i), 3e-3);
            }
            ImageBatch batch = Fixtures.batch(shape, 5, 99);

            // When both ways compute the same batch
            try (ReferenceMae reference = new ReferenceMae(settings, step.snapshot())) {
                ReferenceMae.Gradients expected = reference.gradients(batch);
                Map<String, float[]> found = new HashMap<>();
                float loss = gradients(step, shape, batch, found);

                // Then they agree
                assertThat(loss).isCloseTo(expected.loss(), withPercentage(LOSS_PERCENT));
                assertThat(found).hasSameSizeAs(expected.gradients());
                expected.gradients()
                        .forEach(
                                (name, gradient) ->
                                        assertThat(distance(found.get(name), gradient))
                                                .as("gradient of %s", name)
                                                .isLessThan(GRADIENT_TOLERANCE));
            }
        }
    }

    private static float gradients(
            TrainStep step, MaeShape shape, ImageBatch batch, Map<String, float[]> into) {
        try (NDManager scope = NDManager.newBaseManager("PyTorch")) {
            NDList result = step.gradients(scope, batch);
            result.attach(scope);
            int i = 1;
            for (ParameterSpec spec : ParameterSpec.of(shape)) {
                into.put(spec.name(), result.get(i++).toFloatArray());
            }
            float sum = 0;
            for (float loss : result.get(0).toFloatArray()) {
                sum += loss / batch.size();
            }
            return sum;
        }
    }

    /** L2 norm of the difference, relative to the norm of what is expected. */
    private static double distance(float[] found, float[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < found.length; i++) {
            difference += Math.pow((double) found[i] - expected[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / norm);
    }
}
