package io.maestream.mae;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fused update against AdamW in plain Java and double precision, over several steps. */
class AdamWTest {

    private static final int STEPS = 6;
    private static final double BITES = 0.05;
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.95;
    private static final double ADAM_EPSILON = 1e-8;

    /** Clipping bites, does not bite, and is off. */
    @ParameterizedTest
    @ValueSource(doubles = {BITES, 1000, 0})
    void shouldUpdateAsPlainAdamWDoes(double clipNorm) {
        try (TrainStep step = open(0.3, clipNorm)) {
            List<double[]> weights = values(step.weights().parameters());
            List<double[]> first = zeros(weights);
            List<double[]> second = zeros(weights);
            for (int i = 1; i <= STEPS; i++) {
                // Given a batch, its gradients, and a rate that changes from step to step
                ImageBatch batch = Fixtures.batch(Fixtures.SMALL, 4, i);
                List<double[]> gradients = gradients(step, batch);
                double norm = norm(gradients);
                double rate = 1e-3 * i;

                // When the step is made, there and here
                StepResult result = step.run(batch, rate);
                double scale = clipNorm > 0 ? Math.min(1, clipNorm / norm) : 1;
                for (int j = 0; j < weights.size(); j++) {
                    boolean decays = ParameterSpec.of(Fixtures.SMALL).get(j).shape().length > 1;
                    Plain plain = new Plain(i, rate, decays ? 0.3 : 0);
                    plain.update(
                            weights.get(j),
                            first.get(j),
                            second.get(j),
                            scaled(gradients.get(j), scale));
                }

                // Then weights, moments and the norm before clipping agree
                assertThat((double) result.gradientNorm()).isCloseTo(norm, within(norm * 1e-5));
                assertThat(scale < 1).isEqualTo(clipNorm == BITES);
                assertClose(values(step.weights().parameters()), weights, 1e-6);
                assertClose(values(step.weights().firstMoments()), first, 1e-6);
                assertClose(values(step.weights().secondMoments()), second, 1e-6);
            }
        }
    }

    @Test
    void shouldDecayMatricesAndTokensAndNothingElse() {
        // Given two models that differ in their weight decay alone, after a step
        try (TrainStep with = open(0.3, 0);
                TrainStep without = open(0, 0)) {
            ImageBatch batch = Fixtures.batch(Fixtures.SMALL, 4, 1);
            List<double[]> before = values(with.weights().parameters());
            with.run(batch, 0.01);
            without.run(batch, 0.01);

            // Then a decayed weight is smaller by rate · decay · itself; others are the same
            List<double[]> decayed = values(with.weights().parameters());
            List<double[]> kept = values(without.weights().parameters());
            List<ParameterSpec> specs = ParameterSpec.of(Fixtures.SMALL);
            for (int i = 0; i < specs.size(); i++) {
                double factor = specs.get(i).shape().length > 1 ? 0.01 * 0.3 : 0;
                for (int j = 0; j < before.get(i).length; j++) {
                    assertThat(kept.get(i)[j] - decayed.get(i)[j])
                            .as(specs.get(i).name())
                            .isCloseTo(factor * before.get(i)[j], within(2e-7));
                }
            }
        }
    }

    /**
     * AdamW, algorithm 2 of arXiv:1711.05101.
     *
     * @param step counted from 1
     */
    private record Plain(int step, double rate, double decay) {

        void update(double[] weight, double[] first, double[] second, double[] gradient) {
            double correction1 = 1 - Math.pow(BETA1, step);
            double correction2 = 1 - Math.pow(BETA2, step);
            for (int i = 0; i < weight.length; i++) {
                weight[i] -= rate * decay * weight[i];
                first[i] = BETA1 * first[i] + (1 - BETA1) * gradient[i];
                second[i] = BETA2 * second[i] + (1 - BETA2) * gradient[i] * gradient[i];
                double mean = first[i] / correction1;
                double deviation = Math.sqrt(second[i] / correction2);
                weight[i] -= rate * mean / (deviation + ADAM_EPSILON);
            }
        }
    }

    private static TrainStep open(double weightDecay, double clipNorm) {
        AdamWSettings optimizer =
                new AdamWSettings(BETA1, BETA2, ADAM_EPSILON, weightDecay, clipNorm);
        Objective objective = new Objective(0.75, true);
        return TrainStep.open(
                new MaeSettings(Fixtures.SMALL, objective, optimizer, Precision.FP32, 3),
                Device.cpu());
    }

    private static List<double[]> gradients(TrainStep step, ImageBatch batch) {
        try (NDManager scope = NDManager.newBaseManager("PyTorch")) {
            NDList result = step.gradients(scope, batch);
            result.attach(scope);
            return values(result.subList(1, result.size()));
        }
    }

    private static List<double[]> values(List<NDArray> arrays) {
        List<double[]> values = new ArrayList<>();
        for (NDArray array : arrays) {
            float[] floats = array.toFloatArray();
            double[] doubles = new double[floats.length];
            for (int i = 0; i < floats.length; i++) {
                doubles[i] = floats[i];
            }
            values.add(doubles);
        }
        return values;
    }

    private static List<double[]> zeros(List<double[]> like) {
        return like.stream().map(array -> new double[array.length]).toList();
    }

    private static double[] scaled(double[] values, double by) {
        double[] scaled = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = by * values[i];
        }
        return scaled;
    }

    private static double norm(List<double[]> arrays) {
        double sum = 0;
        for (double[] array : arrays) {
            for (double value : array) {
                sum += value * value;
            }
        }
        return Math.sqrt(sum);
    }

    /** Within a share of each array's largest value: float32 rounding adds up over the steps. */
    private static void assertClose(List<double[]> found, List<double[]> expected, double share) {
        for (int i = 0; i < expected.size(); i++) {
            double largest = 0;
            double worst = 0;
            for (int j = 0; j < expected.get(i).length; j++) {
                largest = Math.max(largest, Math.abs(expected.get(i)[j]));
                worst = Math.max(worst, Math.abs(found.get(i)[j] - expected.get(i)[j]));
            }
            assertThat(worst).as("array %d of scale %s", i, largest).isLessThan(share * largest);
        }
    }

    private static Offset<Double> within(double offset) {
        return Offset.offset(offset);
    }
}
