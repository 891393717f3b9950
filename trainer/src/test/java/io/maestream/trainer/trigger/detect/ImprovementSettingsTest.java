package io.maestream.trainer.trigger.detect;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ImprovementSettingsTest {

    private final ImprovementSettings settings = new ImprovementSettings(0.2, 500);

    @Property
    void shouldBeReachedExactlyWhenTheLossFellByTheShare(
            @ForAll @DoubleRange(min = 0.01, max = 10) double before,
            @ForAll @DoubleRange(min = 0.01, max = 2) double ratio) {
        assertThat(settings.isReached(before, before * ratio, 500))
                .isEqualTo(before * ratio <= before * 0.8);
    }

    @Test
    void shouldNotBeReachedTooSoonOrWithoutALossToCompareWithOrWhenSwitchedOff() {
        assertThat(settings.isReached(1, 0.5, 499)).isFalse();
        assertThat(settings.isReached(Double.NaN, 0.5, 1_000)).isFalse();
        assertThat(new ImprovementSettings(0, 1).isReached(1, 0.5, 1_000)).isFalse();
    }
}
