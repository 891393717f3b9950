package io.maestream.mae.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class SchedulesTest {

    @Property
    void shouldRiseLinearlyThenHold(
            @ForAll @Scale(6) @DoubleRange(min = 1e-6, max = 1) double peak,
            @ForAll @IntRange(max = 1000) int warmup,
            @ForAll @IntRange(max = 100_000) int step) {
        double rate = new WarmupConstant(peak, warmup).learningRate(step);
        double expected = step < warmup ? peak * (step + 1) / warmup : peak;
        assertThat(rate).isCloseTo(expected, offset(1e-12));
        assertThat(rate).isPositive();
    }

    @Property
    void shouldFollowHalfACosineAfterTheRise(
            @ForAll @Scale(6) @DoubleRange(min = 1e-6, max = 1) double peak,
            @ForAll @IntRange(max = 1000) int warmup,
            @ForAll @IntRange(min = 2, max = 10_000) int fall,
            @ForAll @IntRange(max = 12_000) int step) {
        double floor = peak / 10;
        int total = warmup + fall;
        WarmupCosine schedule = new WarmupCosine(peak, floor, warmup, total);
        double rate = schedule.learningRate(step);

        // The same rise as the other schedule's
        if (step < warmup) {
            assertThat(rate).isEqualTo(new WarmupConstant(peak, warmup).learningRate(step));
            return;
        }
        // Then down, never below the floor, symmetric about the middle
        assertThat(rate).isBetween(floor, peak);
        assertThat(schedule.learningRate(step + 1)).isLessThanOrEqualTo(rate);
        if (step >= total) {
            assertThat(rate).isCloseTo(floor, offset(1e-12));
        } else {
            double mirrored = schedule.learningRate(total - (step - warmup));
            assertThat(rate + mirrored).isCloseTo(peak + floor, offset(1e-9));
        }
    }

    @Test
    void shouldMeetTheCosinesKnownPoints() {
        WarmupCosine schedule = new WarmupCosine(1, 0, 10, 110);
        assertThat(schedule.learningRate(0)).isCloseTo(0.1, offset(1e-12));
        assertThat(schedule.learningRate(9)).isCloseTo(1, offset(1e-12));
        assertThat(schedule.learningRate(10)).isCloseTo(1, offset(1e-12));
        assertThat(schedule.learningRate(60)).isCloseTo(0.5, offset(1e-12));
        assertThat(schedule.learningRate(110)).isCloseTo(0, offset(1e-12));
    }

    @Test
    void shouldRefuseWhatIsNoSchedule() {
        assertThatThrownBy(() -> new WarmupConstant(-1, 0)).hasMessageContaining("-1.0");
        assertThatThrownBy(() -> new WarmupConstant(1, -5)).hasMessageContaining("-5");
        assertThatThrownBy(() -> new WarmupCosine(1, 2, 0, 10)).hasMessageContaining("floor (2.0)");
        assertThatThrownBy(() -> new WarmupCosine(1, 0, 10, 10)).hasMessageContaining("(10)");
    }
}
