package io.maestream.mae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

class PositionTableTest {

    @Test
    void shouldBeZeroForTheClsToken() {
        assertThat(PositionTable.of(9, 8)).startsWith(0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void shouldGiveColumnThenRowEachSinesThenCosines() {
        // Given a table of 3 x 3 patches and width 8: two frequencies, 1 and 0.01
        float[] table = PositionTable.of(9, 8);

        // Then patch 5 (row 1, column 2) is what one computes by hand
        double[] expected = {
            0.9092974268, 0.0199986667, -0.4161468365, 0.9998000067,
            0.8414709848, 0.0099998333, 0.5403023059, 0.9999500004
        };
        for (int i = 0; i < 8; i++) {
            assertThat((double) table[6 * 8 + i]).isCloseTo(expected[i], offset(1e-7));
        }
    }

    @Test
    void shouldTellAllPatchesApart() {
        float[] table = PositionTable.of(196, 16);
        for (int a = 1; a <= 196; a++) {
            for (int b = a + 1; b <= 196; b++) {
                double distance = 0;
                for (int i = 0; i < 16; i++) {
                    distance += Math.abs(table[a * 16 + i] - table[b * 16 + i]);
                }
                assertThat(distance).isPositive();
            }
        }
    }
}
