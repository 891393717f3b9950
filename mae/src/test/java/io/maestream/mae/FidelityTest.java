package io.maestream.mae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FidelityTest {

    private static final MaeShape GREY =
            new MaeShape(
                    new ImageShape(12, 4, 1), new TowerShape(8, 1, 2), new TowerShape(16, 1, 4));

    static Stream<MaeSettings> models() {
        return Stream.of(
                Fixtures.settings(Fixtures.SMALL, Precision.FP32),
                Fixtures.settings(Fixtures.SMALL, Precision.FP32, new Objective(0.5, false)),
                Fixtures.settings(GREY, Precision.FP32),
                Fixtures.settings(GREY, Precision.FP32, new Objective(0.6, false)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldAgreeWithTheReferenceInLossAndInEveryGradient(MaeSettings settings) {
        try (TrainStep step = TrainStep.open(settings, Device.cpu());
                NDManager scope = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            // Given weights that training has moved away from their start
            for (int i = 0; i < 3; i++) {
                step.run(Fixtures.batch(settings.shape(), 6, i), 1e-2);
            }
            ImageBatch batch = Fixtures.batch(settings.shape(), 6, 77);

            // When both compute loss and gradients
            NDList kernel = step.gradients(scope, batch);
            List<NDArray> weights = step.weights().parameters();
            float loss;
            List<float[]> expected = new ArrayList<>();
            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                NDArray reference = new ReferenceMae(settings, step.weights()).loss(scope, batch);
                collector.backward(reference);
                loss = reference.getFloat();
            }
            for (NDArray weight : weights) {
                try (NDArray gradient = weight.getGradient()) {
                    expected.add(gradient.toFloatArray());
                }
            }

            // Then
            assertThat(kernel.get(0).mean().getFloat()).isCloseTo(loss, within(1e-5f * loss));
            List<ParameterSpec> specs = ParameterSpec.of(settings.shape());
            for (int i = 0; i < specs.size(); i++) {
                assertThat(relativeDifference(kernel.get(i + 1).toFloatArray(), expected.get(i)))
                        .as(specs.get(i).name())
                        .isLessThan(1e-4);
            }
        }
    }

    /**
     * Central differences of a float32 loss: with steps of 1e-2 the truncation error is below 1e-4
     * and rounding (about 1e-7 in a loss of about 1) costs 1e-5, so gradients are compared within
     * 2e-3 absolutely and 2 % relatively.
     */
    @Test
    void shouldHaveTheGradientsOfItsOwnLoss() {
        MaeSettings settings = Fixtures.settings(GREY, Precision.FP32);
        try (TrainStep step = TrainStep.open(settings, Device.cpu());
                NDManager scope = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            ImageBatch batch = Fixtures.batch(GREY, 4, 5);
            NDList gradients = step.gradients(scope, batch);
            List<ParameterSpec> specs = ParameterSpec.of(GREY);
            Random random = new Random(3);
            for (int i = 0; i < specs.size(); i++) {
                int entry = random.nextInt((int) specs.get(i).size());
                double up = lossWith(step, batch, specs.get(i).name(), entry, 1e-2f);
                double down = lossWith(step, batch, specs.get(i).name(), entry, -1e-2f);

                double expected = (up - down) / 2e-2;
                double found = gradients.get(i + 1).toFloatArray()[entry];
                assertThat(found)
                        .as(specs.get(i).name() + "[" + entry + "]")
                        .isCloseTo(expected, within(2e-3 + 0.02 * Math.abs(expected)));
            }
        }
    }

    @Test
    void shouldFollowTheGoldenLossCurve() throws IOException {
        List<Double> golden = golden();
        MaeSettings settings = Fixtures.settings(Fixtures.SMALL, Precision.FP32);
        try (TrainStep step = TrainStep.open(settings, Device.cpu())) {
            for (int i = 0; i < golden.size(); i++) {
                StepResult result = step.run(Fixtures.batch(Fixtures.SMALL, 8, i), 1e-3);
                assertThat((double) result.loss())
                        .as("step " + i)
                        .isCloseTo(golden.get(i), within(1e-4 * golden.get(i)));
            }
        }
    }

    @Test
    void shouldStayWithinOnePercentOfFp32WhenItComputesInBf16() {
        assertThat(meanLossOfLastSteps(Precision.BF16))
                .isCloseTo(
                        meanLossOfLastSteps(Precision.FP32),
                        within(0.01 * meanLossOfLastSteps(Precision.FP32)));
    }

    private static double meanLossOfLastSteps(Precision precision) {
        double sum = 0;
        try (TrainStep step =
                TrainStep.open(Fixtures.settings(Fixtures.SMALL, precision), Device.cpu())) {
            for (int i = 0; i < 200; i++) {
                float loss = step.run(Fixtures.batch(Fixtures.SMALL, 8, i), 1e-3).loss();
                sum += i >= 180 ? loss / 20 : 0;
            }
        }
        return sum;
    }

    private static List<Double> golden() throws IOException {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                FidelityTest.class.getResourceAsStream("golden-loss-curve.txt"),
                                StandardCharsets.US_ASCII))) {
            return lines.lines().map(Double::valueOf).toList();
        }
    }

    private static double lossWith(
            TrainStep step, ImageBatch batch, String name, int entry, float change) {
        TrainState before = step.snapshot();
        ByteBuffer data =
                before.parameters().stream()
                        .filter(tensor -> tensor.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .data();
        int place = data.position() + entry * Float.BYTES;
        data.order(ByteOrder.LITTLE_ENDIAN);
        float value = data.getFloat(place);
        data.putFloat(place, value + change);
        step.restore(before);
        try (NDManager scope = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            double sum = 0;
            for (float loss : step.gradients(scope, batch).get(0).toFloatArray()) {
                sum += loss / (double) batch.size();
            }
            return sum;
        } finally {
            data.putFloat(place, value);
            step.restore(before);
        }
    }

    private static double relativeDifference(float[] found, float[] expected) {
        double difference = 0;
        double size = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(found[i] - expected[i], 2);
            size += Math.pow(expected[i], 2);
        }
        // Key biases have no gradient but rounding: softmax does not see them.
        return Math.sqrt(difference) / Math.max(Math.sqrt(size), 1e-4);
    }
}
