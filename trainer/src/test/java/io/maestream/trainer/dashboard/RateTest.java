package io.maestream.trainer.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RateTest {

    @Property(tries = 100)
    void shouldTellASteadyRateWhateverItIs(
            @ForAll @IntRange(min = 1, max = 50) int perSecond,
            @ForAll @IntRange(min = 2, max = 200) int seconds) {
        // Given events at even intervals
        Rate rate = new Rate();
        for (int second = 0; second < seconds; second++) {
            for (int i = 0; i < perSecond; i++) {
                rate.add(1, 1_000L * (5_000 + second) + 1_000L * i / perSecond);
            }
        }

        // Then
        assertThat(rate.at(1_000L * (5_000 + seconds))).isCloseTo(perSecond, within(1e-9));
    }

    @Test
    void shouldFadeToNothingWithinHalfAMinuteWhenNothingComes() {
        Rate rate = new Rate();
        rate.add(30, 1_000);
        assertThat(rate.at(1_500)).isZero();
        assertThat(rate.at(2_000)).isEqualTo(30);
        assertThat(rate.at(16_000)).isEqualTo(2);
        assertThat(rate.at(31_000)).isZero();
        assertThat(new Rate().at(0)).isZero();
    }
}
