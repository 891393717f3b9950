package io.maestream.mae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

class PixelScaleTest {

    @Test
    void shouldNormaliseColoursByImageNetsMeanAndDeviation() {
        PixelScale scale = PixelScale.of(Fixtures.SMALL);
        double[] white = {
            (1 - 0.485) / 0.229, (1 - 0.456) / 0.224, (1 - 0.406) / 0.225,
        };
        assertThat(scale.scale()).hasSize(48);
        for (int i = 0; i < 48; i++) {
            double found = 255 * scale.scale()[i] + scale.shift()[i];
            assertThat(found).isCloseTo(white[i % 3], offset(1e-6));
        }
    }

    @Test
    void shouldTakeTheMeanOfTheThreeForGrey() {
        PixelScale scale = PixelScale.of(Fixtures.GREY);
        double black = -(0.485 + 0.456 + 0.406) / (0.229 + 0.224 + 0.225);
        assertThat(scale.shift()).hasSize(16);
        assertThat((double) scale.shift()[3]).isCloseTo(black, offset(1e-6));
    }
}
