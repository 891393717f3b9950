package io.maestream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DivergenceGuardTest {

    @Test
    void shouldGoBackOnlyAfterSoManySkippedStepsInARow() {
        DivergenceGuard guard = new DivergenceGuard(3);

        // Given two skipped steps, an applied one, and two skipped ones again
        Progress progress =
                Progress.NONE
                        .after(false, 4)
                        .after(false, 4)
                        .after(true, 4)
                        .after(false, 4)
                        .after(false, 4);

        // Then the third in a row is one too many
        assertThat(guard.mustGoBack(progress)).isFalse();
        assertThat(guard.mustGoBack(progress.after(true, 4))).isFalse();
        assertThat(guard.mustGoBack(progress.after(false, 4))).isTrue();
        assertThat(progress).isEqualTo(new Progress(1, 4, 4, 2));
    }
}
