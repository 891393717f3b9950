package io.maestream.mae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import ai.djl.Device;
import io.maestream.mae.schedule.WarmupConstant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole runs: what a change of the kernels must not change. */
class LossCurveTest {

    private static final MaeShape SHAPE =
            new MaeShape(
                    new ImageShape(32, 4, 3), new TowerShape(48, 3, 3), new TowerShape(32, 2, 2));
    private static final String GOLDEN = "loss-curve-fp32.txt";

    /**
     * Fifty losses, from another build of the same maths. Rounding differs between processors and
     * libraries, and grows over the steps; 1e-4 leaves room for that and for nothing else.
     */
    @Test
    void shouldFollowTheGoldenLossCurve() throws IOException {
        List<Float> losses = losses(Precision.FP32, 50);
        // What was found lies beside the build, to become the golden file when the model changes
        Path found = Path.of("target", GOLDEN);
        Files.createDirectories(found.getParent());
        Files.write(found, losses.stream().map(String::valueOf).toList());

        try (InputStream golden = getClass().getResourceAsStream(GOLDEN)) {
            assertThat(golden).as("the golden file; %s is what was found", found).isNotNull();
            String text = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
            List<Float> expected = text.lines().map(Float::valueOf).toList();
            assertThat(losses).hasSameSizeAs(expected);
            for (int i = 0; i < losses.size(); i++) {
                assertThat(losses.get(i))
                        .as("loss of step %d; all of them are in %s", i, found)
                        .isCloseTo(expected.get(i), withPercentage(1e-2));
            }
        }
    }

    @Test
    void shouldLearnInBf16AsInFp32() {
        assertThat(lastLosses(Precision.BF16))
                .isCloseTo(lastLosses(Precision.FP32), withPercentage(1));
    }

    /** Mean loss of steps 191 to 200. */
    private static double lastLosses(Precision precision) {
        return losses(precision, 200).stream()
                .skip(190)
                .mapToDouble(Float::doubleValue)
                .average()
                .orElseThrow();
    }

    private static List<Float> losses(Precision precision, int steps) {
        WarmupConstant rate = new WarmupConstant(2e-3, 20);
        List<Float> losses = new ArrayList<>();
        try (TrainStep step = TrainStep.open(Fixtures.settings(SHAPE, precision), Device.cpu())) {
            for (int i = 0; i < steps; i++) {
                losses.add(step.run(Fixtures.batch(SHAPE, 8, i), rate.learningRate(i)).loss());
            }
        }
        return losses;
    }
}
