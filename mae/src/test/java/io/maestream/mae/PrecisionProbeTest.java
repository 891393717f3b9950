package io.maestream.mae;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import org.junit.jupiter.api.Test;

class PrecisionProbeTest {

    @Test
    void shouldChooseOneOfThePrecisionsWhateverTheSettingsSay() {
        for (Precision asked : Precision.values()) {
            MaeSettings settings = Fixtures.settings(Fixtures.SMALL, asked);
            assertThat(PrecisionProbe.choose(settings, Device.cpu()))
                    .isIn((Object[]) Precision.values());
        }
    }

    /** Bfloat16 is only right without trying where every device has it. */
    @Test
    void shouldNotTryOnAGpu() {
        MaeSettings settings = Fixtures.settings(Fixtures.SMALL, Precision.FP32);
        assertThat(PrecisionProbe.choose(settings, Device.gpu())).isEqualTo(Precision.BF16);
    }
}
