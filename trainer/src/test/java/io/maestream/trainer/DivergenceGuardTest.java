package io.maestream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DivergenceGuardTest {

    @Test
    void shouldGoBackOnlyAfterSoManySkippedStepsInARow() {
        DivergenceGuard guard = new DivergenceGuard(3);

        assertThat(guard.mustGoBackAfter(false)).isFalse();
        assertThat(guard.mustGoBackAfter(false)).isFalse();
        assertThat(guard.mustGoBackAfter(true)).isFalse();
        assertThat(guard.mustGoBackAfter(false)).isFalse();
        assertThat(guard.mustGoBackAfter(false)).isFalse();
        assertThat(guard.mustGoBackAfter(false)).isTrue();
        assertThat(guard.mustGoBackAfter(false)).as("counts anew").isFalse();
    }
}
