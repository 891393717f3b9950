package io.maestream.mae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrozenEncoderTest {

    private static final MaeShape SHAPE = Fixtures.WIDE;

    @Test
    void shouldEmbedExactlyAsTheWholeModelDoes() {
        MaeSettings settings = Fixtures.settings(SHAPE, Precision.FP32);
        try (TrainStep step = TrainStep.open(settings, Device.cpu())) {
            step.run(Fixtures.batch(SHAPE, 4, 1), 1e-3);
            TrainState state = step.snapshot();
            ImageBatch images = Fixtures.batch(SHAPE, 3, 9);
            try (FrozenMae whole =
                            FrozenMae.open(
                                    SHAPE, settings.objective(), state.parameters(), Device.cpu());
                    FrozenEncoder encoder = open(encoder(state.parameters()))) {
                Embeddings expected = whole.embed(images.pixels(), 3);
                Embeddings found = encoder.embed(images.pixels(), 3);

                assertThat(found.cls()).isDeepEqualTo(expected.cls());
                assertThat(found.mean()).isDeepEqualTo(expected.mean());
                assertThat(encoder.width()).isEqualTo(SHAPE.encoder().dim());
            }
        }
    }

    @Test
    void shouldBeginAsATrainingWithTheSameSeed() {
        MaeSettings settings = Fixtures.settings(SHAPE, Precision.FP32);
        ImageBatch images = Fixtures.batch(SHAPE, 2, 9);
        try (TrainStep step = TrainStep.open(settings, Device.cpu());
                FrozenEncoder fresh = untrained(settings.seed());
                FrozenEncoder other = untrained(settings.seed() + 1);
                FrozenEncoder first = open(encoder(step.snapshot().parameters()))) {
            float[][] expected = first.embed(images.pixels(), 2).mean();

            assertThat(fresh.embed(images.pixels(), 2).mean()).isDeepEqualTo(expected);
            assertThat(other.embed(images.pixels(), 2).mean()[0]).isNotEqualTo(expected[0]);
        }
    }

    @Test
    void shouldNameTheWeightsThatDoNotFit() {
        try (TrainStep step =
                TrainStep.open(Fixtures.settings(SHAPE, Precision.FP32), Device.cpu())) {
            List<NamedTensor> all = step.snapshot().parameters();

            assertThatThrownBy(() -> open(encoder(all).subList(1, encoder(all).size())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(encoder(all).get(0).name());
            assertThatThrownBy(() -> open(all)).hasMessageContaining("mask_token");
        }
    }

    private static FrozenEncoder untrained(long seed) {
        return FrozenEncoder.untrained(SHAPE.image(), SHAPE.encoder(), seed, Device.cpu());
    }

    private static FrozenEncoder open(List<NamedTensor> weights) {
        return FrozenEncoder.open(SHAPE.image(), SHAPE.encoder(), weights, Device.cpu());
    }

    private static List<NamedTensor> encoder(List<NamedTensor> weights) {
        return weights.stream().filter(weight -> TensorNames.isEncoder(weight.name())).toList();
    }
}
