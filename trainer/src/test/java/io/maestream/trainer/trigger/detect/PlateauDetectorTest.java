package io.maestream.trainer.trigger.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class PlateauDetectorTest {

    private PlateauDetector detector = new PlateauDetector(PlateauSettings.defaults());

    @Property(tries = 30)
    void shouldTellOnceWhenTheLossNoLongerFalls(
            @ForAll long seed, @ForAll @DoubleRange(min = 0, max = 0.15) double noise) {
        // Given 10,000 steps of which the first 2,000 bring anything
        Losses losses = new Losses(seed, noise, 0);

        List<Long> found = plateaus(10_000, losses::at);

        assertThat(found).isNotEmpty();
        assertThat(found.get(0)).isBetween(1_200L, 6_000L);
        assertThat(found.size()).isLessThanOrEqualTo(2);
    }

    @Property(tries = 30)
    void shouldStaySilentWhileTheLossFalls(@ForAll long seed) {
        // Given two percent less in every window, under noise
        Losses noise = new Losses(seed, 0.05, 0);

        assertThat(plateaus(10_000, step -> noise.at(100_000) * Math.pow(0.98, step / 200.0)))
                .isEmpty();
    }

    @Test
    void shouldTellAgainWhenTheLossRoseToAnotherLevelAndStaysThere() {
        List<Long> found = plateaus(4_000, step -> step < 2_000 ? 0.4 : 0.6);

        assertThat(found).containsExactly(799L, 2_799L);
    }

    @Test
    void shouldTellAgainWhenTheLossFellOnceMore() {
        List<Long> found = plateaus(4_000, step -> step < 2_000 ? 0.4 : 0.37);

        assertThat(found).containsExactly(799L, 2_799L);
    }

    @Test
    void shouldLookForNothingWhenSwitchedOff() {
        Map<String, String> off = Map.of(PlateauSettings.WINDOW, "0");
        detector =
                new PlateauDetector(PlateauSettings.from(PlateauSettings.definition().parse(off)));

        assertThat(plateaus(4_000, step -> 0.4)).isEmpty();
    }

    private List<Long> plateaus(long steps, LongToDoubleFunction loss) {
        List<Long> found = new ArrayList<>();
        PlateauState state = PlateauState.NONE;
        for (long step = 0; step < steps; step++) {
            PlateauDetector.Next next = detector.next(state, loss.applyAsDouble(step));
            state = next.state();
            if (next.plateau().isPresent()) {
                found.add(step);
            }
        }
        return found;
    }
}
