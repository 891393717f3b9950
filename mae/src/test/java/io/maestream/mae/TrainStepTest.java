package io.maestream.mae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainStepTest {

    @ParameterizedTest
    @EnumSource(Precision.class)
    void shouldLearnTheSameWeightsFromTheSameSeedAndInput(Precision precision) {
        assertThat(digestAfterSteps(precision, 5)).isEqualTo(digestAfterSteps(precision, 5));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void shouldGoOnBitForBitFromASnapshot(Precision precision) {
        try (TrainStep whole = open(precision);
                TrainStep resumed = open(precision)) {
            // Given a model after three steps, copied into another one
            steps(whole, 0, 3);
            resumed.restore(whole.snapshot());

            // When both make four more
            List<StepResult> expected = steps(whole, 3, 7);
            List<StepResult> found = steps(resumed, 3, 7);

            // Then nothing tells them apart
            assertThat(found).usingRecursiveComparison().isEqualTo(expected);
            assertThat(resumed.step()).isEqualTo(7);
            assertThat(digest(resumed.snapshot())).isEqualTo(digest(whole.snapshot()));
        }
    }

    @Test
    void shouldReduceTheLossOnOneBatch() {
        try (TrainStep step = open(Precision.FP32)) {
            ImageBatch batch = Fixtures.batch(Fixtures.SMALL, 8, 1);
            float first = step.run(batch, 3e-3).loss();
            float last = first;
            for (int i = 0; i < 100; i++) {
                last = step.run(batch, 3e-3).loss();
            }
            assertThat(last).isLessThan(0.8f * first);
        }
    }

    @Test
    void shouldFindTheSameGradientsWhenABatchIsComputedInParts() {
        MaeSettings settings = Fixtures.settings(Fixtures.SMALL, Precision.FP32);
        ImageBatch batch = Fixtures.batch(Fixtures.SMALL, 7, 3);
        try (TrainStep whole = TrainStep.open(settings, Device.cpu(), new BatchSplit(1, 0));
                TrainStep parts = TrainStep.open(settings, Device.cpu(), new BatchSplit(2, 2));
                NDManager scope = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            // When
            NDList expected = whole.gradients(scope, batch);
            NDList found = parts.gradients(scope, batch);

            // Then the images' losses and all gradients agree to rounding
            for (int i = 0; i < expected.size(); i++) {
                double scale = expected.get(i).norm().getFloat() + 1e-12;
                double difference = found.get(i).sub(expected.get(i)).norm().getFloat();
                assertThat(difference / scale).as("array %d", i).isLessThan(1e-4);
            }
            // And a step finds the same loss and norm
            StepResult one = whole.run(batch, 1e-3);
            StepResult other = parts.run(batch, 1e-3);
            assertThat(other.loss()).isCloseTo(one.loss(), withPercentage(1e-3));
            assertThat(other.gradientNorm()).isCloseTo(one.gradientNorm(), withPercentage(1e-2));
            assertThat(other.imageLosses()).hasSize(7);
        }
    }

    @Test
    void shouldHoldNoMoreArraysWhenItHasTakenManySteps() {
        try (TrainStep step = open(Precision.FP32)) {
            // Given
            steps(step, 0, 1);
            int before = step.arraysHeld();

            // When
            steps(step, 1, 20);
            step.reconstruct(Fixtures.batch(Fixtures.SMALL, 2, 5));

            // Then
            assertThat(before).isPositive();
            assertThat(step.arraysHeld()).isEqualTo(before);
        }
    }

    @Test
    void shouldReportTheMeanOfTheImagesLosses() {
        try (TrainStep step = open(Precision.FP32)) {
            StepResult result = step.run(Fixtures.batch(Fixtures.SMALL, 8, 1), 1e-3);

            double mean = 0;
            for (float loss : result.imageLosses()) {
                mean += loss / 8;
            }
            assertThat(result.imageLosses()).hasSize(8);
            assertThat((double) result.loss())
                    .isCloseTo(mean, org.assertj.core.data.Offset.offset(1e-5));
            assertThat(result.gradientNorm()).isPositive();
            assertThat(result.applied()).isTrue();
        }
    }

    @Test
    void shouldLeaveTheWeightsAloneWhenTheLossIsNotFinite() {
        try (TrainStep step = open(Precision.FP32)) {
            // Given a model in which one weight is no number
            steps(step, 0, 2);
            TrainState poisoned = step.snapshot();
            ByteBuffer data = poisoned.parameters().get(0).data();
            data.putFloat(data.position(), Float.NaN);
            step.restore(poisoned);
            String before = digest(step.snapshot());

            // When it takes a step
            StepResult result = step.run(Fixtures.batch(Fixtures.SMALL, 4, 9), 1e-3);

            // Then nothing changed, and the step does not count
            assertThat(result.applied()).isFalse();
            assertThat(result.loss()).isNaN();
            assertThat(step.step()).isEqualTo(2);
            assertThat(digest(step.snapshot())).isEqualTo(before);
        }
    }

    @Test
    void shouldKeepAnAverageThatFollowsTheWeights() {
        try (TrainStep step = openWithAverage(0.5)) {
            // Given a model after one step
            steps(step, 0, 1);
            TrainState before = step.snapshot();

            // When it makes another one
            steps(step, 1, 2);
            TrainState after = step.snapshot();

            // Then the average has gone the share of the way: 1 - (1 + 2) / (10 + 2), as it is
            // young
            assertThat(after.averages()).hasSameSizeAs(after.parameters());
            for (int i = 0; i < after.averages().size(); i++) {
                float old = before.averages().get(i).data().getFloat(0);
                float weight = after.parameters().get(i).data().getFloat(0);
                assertThat(after.averages().get(i).data().getFloat(0))
                        .isCloseTo(old + (weight - old) * 0.75f, within(1e-6f));
            }
        }
    }

    @Test
    void shouldGoOnWithTheSameAverageFromASnapshotAndBeginWithTheWeightsWithoutOne() {
        try (TrainStep whole = openWithAverage(0.9);
                TrainStep resumed = openWithAverage(0.9);
                TrainStep plain = open(Precision.FP32)) {
            steps(whole, 0, 3);
            resumed.restore(whole.snapshot());
            steps(whole, 3, 6);
            steps(resumed, 3, 6);
            assertThat(bytes(resumed.snapshot().averages()))
                    .isEqualTo(bytes(whole.snapshot().averages()));

            steps(plain, 0, 3);
            assertThat(plain.snapshot().averages()).isEmpty();
            resumed.restore(plain.snapshot());
            assertThat(bytes(resumed.snapshot().averages()))
                    .isEqualTo(bytes(plain.snapshot().parameters()));
        }
    }

    @Test
    void shouldMakeTheSameStepsWithAndWithoutAnAverage() {
        try (TrainStep averaging = openWithAverage(0.9);
                TrainStep plain = open(Precision.FP32)) {
            steps(averaging, 0, 3);
            steps(plain, 0, 3);
            assertThat(digest(averaging.snapshot())).isEqualTo(digest(plain.snapshot()));
        }
    }

    @Test
    void shouldRefuseAStateOfAnotherModel() {
        MaeShape other =
                new MaeShape(
                        new ImageShape(16, 4, 3),
                        new TowerShape(16, 1, 2),
                        new TowerShape(12, 2, 3));
        MaeShape wider =
                new MaeShape(
                        new ImageShape(16, 4, 3),
                        new TowerShape(32, 2, 2),
                        new TowerShape(12, 2, 3));
        try (TrainStep step = open(Precision.FP32);
                TrainStep shallow =
                        TrainStep.open(Fixtures.settings(other, Precision.FP32), Device.cpu());
                TrainStep wide =
                        TrainStep.open(Fixtures.settings(wider, Precision.FP32), Device.cpu())) {
            assertThatThrownBy(() -> step.restore(shallow.snapshot()))
                    .hasMessageContaining("blocks.1.attn.proj.bias");
            assertThatThrownBy(() -> shallow.restore(step.snapshot()))
                    .hasMessageContaining("unknown [blocks.1");
            assertThatThrownBy(() -> step.restore(wide.snapshot()))
                    .hasMessageContaining("cls_token")
                    .hasMessageContaining("32");
        }
    }

    @Test
    void shouldRefuseImagesOfAnotherSize() {
        MaeShape larger =
                new MaeShape(
                        new ImageShape(32, 4, 3),
                        new TowerShape(16, 2, 2),
                        new TowerShape(12, 2, 3));
        try (TrainStep step = open(Precision.FP32)) {
            assertThatThrownBy(() -> step.run(Fixtures.batch(larger, 2, 1), 1e-3))
                    .hasMessageContaining("(2, 16, 16, 3)");
        }
    }

    @Test
    void shouldTrainOnGreyImages() {
        MaeShape grey =
                new MaeShape(
                        new ImageShape(16, 4, 1),
                        new TowerShape(16, 2, 2),
                        new TowerShape(12, 2, 3));
        try (TrainStep step =
                TrainStep.open(Fixtures.settings(grey, Precision.FP32), Device.cpu())) {
            assertThat(step.run(Fixtures.batch(grey, 4, 1), 1e-3).applied()).isTrue();
        }
    }

    private static TrainStep open(Precision precision) {
        return TrainStep.open(Fixtures.settings(Fixtures.SMALL, precision), Device.cpu());
    }

    private static TrainStep openWithAverage(double decay) {
        MaeSettings plain = Fixtures.settings(Fixtures.SMALL, Precision.FP32);
        MaeSettings averaging =
                new MaeSettings(
                        plain.shape(),
                        plain.objective(),
                        plain.optimizer(),
                        plain.precision(),
                        plain.seed(),
                        decay);
        return TrainStep.open(averaging, Device.cpu());
    }

    private static List<ByteBuffer> bytes(List<NamedTensor> tensors) {
        return tensors.stream().map(tensor -> tensor.data().duplicate()).toList();
    }

    private static List<StepResult> steps(TrainStep step, int from, int until) {
        List<StepResult> results = new ArrayList<>();
        for (int i = from; i < until; i++) {
            results.add(step.run(Fixtures.batch(Fixtures.SMALL, 4, i), 1e-3));
        }
        return results;
    }

    private static String digestAfterSteps(Precision precision, int steps) {
        try (TrainStep step = open(precision)) {
            steps(step, 0, steps);
            return digest(step.snapshot());
        }
    }

    static String digest(TrainState state) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            state.parameters().forEach(tensor -> sha256.update(tensor.data().duplicate()));
            state.firstMoments().forEach(tensor -> sha256.update(tensor.data().duplicate()));
            state.secondMoments().forEach(tensor -> sha256.update(tensor.data().duplicate()));
            return HexFormat.of().formatHex(sha256.digest());
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
