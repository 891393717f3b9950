package io.maestream.trainer.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    @Property
    void shouldNeverWaitLongerThanTheCapNorLessThanHalfOfTheFirst(
            @ForAll @IntRange(min = 1) int failures,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double uniform) {
        assertThat(BACKOFF.delay(failures, uniform))
                .isBetween(Duration.ofMillis(50), Duration.ofSeconds(5));
    }

    @Property
    void shouldNotWaitLessAfterMoreFailures(
            @ForAll @IntRange(min = 1, max = 1_000) int failures,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double uniform) {
        assertThat(BACKOFF.delay(failures + 1, uniform))
                .isGreaterThanOrEqualTo(BACKOFF.delay(failures, uniform));
    }

    @Test
    void shouldDoubleUpToTheCapAndSpreadTheUpperHalf() {
        assertThat(BACKOFF.delay(1, 0)).isEqualTo(Duration.ofMillis(50));
        assertThat(BACKOFF.delay(3, 0)).isEqualTo(Duration.ofMillis(200));
        assertThat(BACKOFF.delay(3, 0.5)).isEqualTo(Duration.ofMillis(300));
        assertThat(BACKOFF.delay(60, 0.5)).isEqualTo(Duration.ofMillis(3_750));
    }

    @Test
    void shouldRefuseACapBelowTheFirstWait() {
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 < first <= cap");
    }
}
