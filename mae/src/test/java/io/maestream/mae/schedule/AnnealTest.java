package io.maestream.mae.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class AnnealTest {

    @Property
    void shouldFallFromThePlateauWithoutEverRisingOrReachingZeroWithinTheBranch(
            @ForAll @IntRange(max = 1_000_000) int from,
            @ForAll @IntRange(min = 1, max = 10_000) int steps,
            @ForAll @IntRange(max = 9_999) int made) {
        LearningRateSchedule plateau = new WarmupConstant(1e-3, 100);
        Anneal anneal = new Anneal(plateau, from, steps);
        int step = from + made % steps;

        // It begins where the plateau was, also within the plateau's own warm-up
        assertThat(anneal.learningRate(from)).isEqualTo(plateau.learningRate(from));
        assertThat(anneal.learningRate(step)).isPositive();
        assertThat(anneal.learningRate(step + 1)).isLessThan(anneal.learningRate(step));
        assertThat(anneal.learningRate(from + steps)).isZero();
    }

    @Test
    void shouldMeetTheSquareRootsKnownPoints() {
        Anneal anneal = new Anneal(new WarmupConstant(1, 0), 1000, 100);

        assertThat(anneal.learningRate(999)).isEqualTo(1);
        assertThat(anneal.learningRate(1025)).isCloseTo(0.5, offset(1e-12));
        assertThat(anneal.learningRate(1064)).isCloseTo(0.2, offset(1e-12));
        assertThat(anneal.learningRate(5000)).isZero();
    }

    @Property
    void shouldBeAShareOfTheStepsMadeWithinItsBounds(
            @ForAll @DoubleRange(max = 1) double share,
            @ForAll @IntRange(min = 1, max = 1000) int min,
            @ForAll @IntRange(max = 100_000) int more,
            @ForAll @LongRange(max = 100_000_000) long made) {
        AnnealLength length = new AnnealLength(share, min, min + more);
        long steps = length.steps(made);

        assertThat(steps).isBetween((long) min, (long) min + more);
        if (steps > min && steps < min + more) {
            assertThat((double) steps).isCloseTo(share * made, offset(0.5));
        }
    }

    @Test
    void shouldRefuseWhatIsNoAnneal() {
        LearningRateSchedule plateau = new WarmupConstant(1, 0);
        assertThatThrownBy(() -> new Anneal(plateau, 5, 0)).hasMessageContaining("(0)");
        assertThatThrownBy(() -> new Anneal(plateau, -1, 5)).hasMessageContaining("(-1)");
        assertThatThrownBy(() -> new AnnealLength(1.5, 1, 2)).hasMessageContaining("(1.5)");
        assertThatThrownBy(() -> new AnnealLength(0.1, 3, 2)).hasMessageContaining("max (2)");
    }
}
