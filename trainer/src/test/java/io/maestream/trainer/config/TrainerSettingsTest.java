package io.maestream.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.mae.MaeShape;
import io.maestream.mae.Precision;
import io.maestream.mae.TowerShape;
import io.maestream.mae.schedule.WarmupCosine;
import io.maestream.trainer.feed.LagPolicy;
import io.maestream.trainer.feed.MemorySettings;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class TrainerSettingsTest {

    @Test
    void shouldTrainTheTinyPresetOnAConstantRateByDefault() {
        TrainerSettings settings = settings(Map.of());

        assertThat(settings.model().shape()).isEqualTo(MaeShape.preset("tiny"));
        assertThat(settings.training().schedule().learningRate(100_000)).isEqualTo(1e-3);
        assertThat(settings.training().precision()).isEmpty();
    }

    @Test
    void shouldOverridePartsOfThePreset() {
        TrainerSettings settings =
                settings(
                        Map.of(
                                "model.image.size", "32",
                                "model.patch.size", "4",
                                "model.encoder", "96x3x3",
                                "train.precision", "bf16"));

        assertThat(settings.model().shape().patches()).isEqualTo(64);
        assertThat(settings.model().shape().encoder()).isEqualTo(new TowerShape(96, 3, 3));
        assertThat(settings.model().shape().decoder()).isEqualTo(MaeShape.preset("tiny").decoder());
        assertThat(settings.training().precision()).contains(Precision.BF16);
    }

    @Test
    void shouldNeedALengthForTheCosineSchedule() {
        assertThatThrownBy(() -> settings(Map.of("train.schedule", "cosine")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("train.total.steps");
        assertThat(
                        settings(Map.of("train.schedule", "cosine", "train.total.steps", "1000"))
                                .training()
                                .schedule())
                .isInstanceOf(WarmupCosine.class);
    }

    @Test
    void shouldRefuseWhatCannotBeRead() {
        assertThatThrownBy(() -> settings(Map.of("model.encoder", "192-6-3")))
                .hasMessageContaining("model.encoder")
                .hasMessageContaining("WIDTHxDEPTHxHEADS");
        assertThatThrownBy(() -> settings(Map.of("run.id", "../escape")))
                .hasMessageContaining("run.id");
        assertThatThrownBy(() -> settings(Map.of("model.patch.size", "7")))
                .hasMessageContaining("7");
        assertThatThrownBy(() -> settings(Map.of("feed.buffer.images", "10")))
                .hasMessageContaining("feed.buffer.start");
    }

    @Test
    void shouldBoundTheLengthOfAReleaseWithoutChangingTheRunsDigest() {
        TrainerSettings longer =
                settings(Map.of("train.release.share", "0.2", "train.release.steps.max", "300"));

        assertThat(longer.checkpoints().release().steps(1000)).isEqualTo(200);
        assertThat(longer.checkpoints().release().steps(1_000_000)).isEqualTo(300);
        assertThat(longer.digest()).as("no plateau weights").isEqualTo(settings(Map.of()).digest());
        assertThatThrownBy(() -> settings(Map.of("train.release.steps.max", "5")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("train.release.steps.min=20");
    }

    @Test
    void shouldTrainOnEveryImageOnceByDefaultAndRememberOrSkipWhenAsked() {
        assertThat(settings(Map.of()).feed().memory().policy())
                .isEqualTo(MemorySettings.Policy.NONE);
        assertThat(settings(Map.of()).feed().lag()).isEqualTo(new LagPolicy.ProcessAll());
        TrainerSettings other =
                settings(
                        Map.of(
                                "train.replay.policy", "reservoir",
                                "train.replay.capacity", "7",
                                "train.lag.policy", "skip-to-fresh",
                                "train.lag.max", "50"));
        assertThat(other.feed().memory())
                .isEqualTo(
                        new MemorySettings(MemorySettings.Policy.RESERVOIR, 0.05, 7, 256L << 20));
        assertThat(other.feed().lag()).isEqualTo(new LagPolicy.SkipToFresh(50));
    }

    @Test
    void shouldHaveADigestThatChangesWithWhatDecidesTheWeights() {
        String digest = settings(Map.of()).digest();

        assertThat(settings(Map.of()).digest()).isEqualTo(digest);
        assertThat(settings(Map.of("run.seed", "43")).digest()).isNotEqualTo(digest);
        assertThat(settings(Map.of("train.learning.rate", "0.002")).digest()).isNotEqualTo(digest);
        assertThat(settings(Map.of("train.replay.policy", "reservoir")).digest())
                .isNotEqualTo(digest);
        assertThat(settings(Map.of("train.ema.decay", "0.99")).digest()).isNotEqualTo(digest);
        assertThat(
                        settings(Map.of("feed.workers", "3", "train.lag.policy", "skip-to-fresh"))
                                .digest())
                .as("neither does who decodes, nor what is passed over, which is recorded")
                .isEqualTo(digest);
        assertThat(settings(Map.of("checkpoint.every.seconds", "7")).digest())
                .as("when checkpoints are taken does not decide the weights")
                .isEqualTo(digest);
    }

    private static TrainerSettings settings(Map<String, String> values) {
        return TrainerSettings.from(TrainerSettings.definition().parse(values));
    }
}
