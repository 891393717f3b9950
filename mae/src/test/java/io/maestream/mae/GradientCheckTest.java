package io.maestream.mae;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Gradients against central differences of the loss, which know nothing of how the loss is made.
 *
 * <p>The loss is a float32 near 1, wrong by some 1e-7. A central difference over ±ε carries that
 * error divided by 2ε, and ε²/6 times the third derivative, which is large where an array of
 * deviation 0.02 goes straight into a LayerNorm. So ε is a wide 0.01, and two differences, over ε
 * and ε/2, cancel the second error (Richardson). What is left is about 2e-5: an entry may be off by
 * 5e-5 and 1 %. Many entries are no larger than that, therefore each array is moved once more along
 * its gradient, where the slope is the gradient's norm and by far the largest there is.
 */
class GradientCheckTest {

    private static final double EPSILON = 1e-2;
    private static final double RELATIVE = 1e-2;
    private static final double ABSOLUTE = 5e-5;
    private static final int ENTRIES = 2;

    private static final MaeShape TINY =
            new MaeShape(new ImageShape(8, 2, 3), new TowerShape(8, 1, 2), new TowerShape(8, 1, 2));

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldAgreeWithFiniteDifferences(boolean normPix) {
        MaeSettings settings =
                Fixtures.settings(TINY, Precision.FP32, new Objective(0.75, normPix));
        try (TrainStep step = TrainStep.open(settings, Device.cpu());
                NDManager scope = NDManager.newBaseManager("PyTorch")) {
            // Given a model away from its start, and its gradients
            for (int i = 0; i < 20; i++) {
                step.run(Fixtures.batch(TINY, 4, i), 3e-3);
            }
            ImageBatch batch = Fixtures.batch(TINY, 8, 77);
            NDList result = step.gradients(scope, batch);
            result.attach(scope);
            List<ParameterSpec> specs = ParameterSpec.of(TINY);
            Random random = new Random(5);

            for (int i = 0; i < specs.size(); i++) {
                float[] gradient = result.get(i + 1).toFloatArray();
                String name = specs.get(i).name();

                // When single entries are moved, then the loss moves as the gradient says
                for (int n = 0; n < ENTRIES; n++) {
                    int entry = random.nextInt(gradient.length);
                    float[] direction = new float[gradient.length];
                    direction[entry] = 1;
                    double slope = slope(step, batch, i, direction);
                    assertThat(Math.abs(slope - gradient[entry]))
                            .as("%s[%d]: %s, slope %s", name, entry, gradient[entry], slope)
                            .isLessThan(ABSOLUTE + RELATIVE * Math.abs(gradient[entry]));
                }

                // And likewise when the array moves along its gradient
                double norm = norm(gradient);
                double slope = slope(step, batch, i, scaled(gradient, 1 / norm));
                assertThat(Math.abs(slope - norm))
                        .as("%s: norm %s, slope %s", name, norm, slope)
                        .isLessThan(ABSOLUTE + RELATIVE * norm);
            }
        }
    }

    /** The loss's slope when weight {@code i} moves along a direction. */
    private static double slope(TrainStep step, ImageBatch batch, int i, float[] direction) {
        NDArray weight = step.weights().parameters().get(i);
        float[] values = weight.toFloatArray();
        double[] differences = new double[2];
        for (int n = 0; n < 2; n++) {
            double epsilon = n == 0 ? EPSILON : EPSILON / 2;
            double above = lossAt(step, batch, weight, moved(values, direction, epsilon));
            double below = lossAt(step, batch, weight, moved(values, direction, -epsilon));
            differences[n] = (above - below) / (2 * epsilon);
        }
        set(weight, values);
        return (4 * differences[1] - differences[0]) / 3;
    }

    private static double lossAt(TrainStep step, ImageBatch batch, NDArray weight, float[] values) {
        set(weight, values);
        try (NDManager scope = NDManager.newBaseManager("PyTorch")) {
            NDList result = step.gradients(scope, batch);
            result.attach(scope);
            double sum = 0;
            for (float loss : result.get(0).toFloatArray()) {
                sum += loss;
            }
            return sum / batch.size();
        }
    }

    private static void set(NDArray weight, float[] values) {
        boolean gradients = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try (NDArray source = weight.getManager().create(values, weight.getShape())) {
            source.copyTo(weight);
        } finally {
            JniUtils.setGradMode(gradients);
        }
    }

    private static float[] moved(float[] values, float[] direction, double by) {
        float[] moved = values.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += (float) (by * direction[i]);
        }
        return moved;
    }

    private static float[] scaled(float[] values, double by) {
        return moved(new float[values.length], values, by);
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }
}
