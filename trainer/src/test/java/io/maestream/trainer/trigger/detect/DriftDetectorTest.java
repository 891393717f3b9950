package io.maestream.trainer.trigger.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DriftDetectorTest {

    private static final int LONG = 10_000;

    private final DriftDetector detector = new DriftDetector(DriftSettings.defaults());
    private DriftState state;
    private Drift last;

    @Property(tries = 20)
    void shouldStaySilentForTenThousandStepsWhenNothingButNoiseChanges(
            @ForAll long seed, @ForAll @DoubleRange(min = 0.01, max = 0.4) double noise) {
        Losses losses = new Losses(seed, noise, 0);

        assertThat(alarms(0, LONG, losses::at)).isEmpty();
    }

    @Test
    void shouldSeldomBeWrongWhenNoiseLastsForSeveralSteps() {
        // Given twenty cameras whose content wanders, over 10,000 steps each
        int wrong = 0;
        for (int camera = 0; camera < 20; camera++) {
            Losses losses = new Losses(camera, 0.1, 0.8);
            wrong += alarms(0, LONG, losses::at).size();
        }

        // Then at most one alarm in 40,000 steps is nothing
        assertThat(wrong).isLessThanOrEqualTo(5);
    }

    @Property(tries = 50)
    void shouldFindARiseWithinSixtyStepsWhateverTheLevelOfTheLoss(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0.01, max = 0.15) double noise,
            @ForAll @DoubleRange(min = 0.01, max = 100) double level,
            @ForAll @IntRange(min = 1_500, max = 4_000) int change) {
        // Given a camera whose loss rises over ten steps, as new images displace old ones
        Losses losses = new Losses(seed, noise, 0);
        double rise = Math.max(0.3, 5 * noise);
        LongToDoubleFunction loss =
                step ->
                        level
                                * losses.at(step)
                                * Math.exp(rise * Math.min(1, Math.max(0, step - change) / 10.0));

        // When
        List<Long> alarms = alarms(0, change + 60, loss);

        // Then it is found, not before, and the figures are those of the rise
        assertThat(alarms).isNotEmpty();
        assertThat(alarms.get(0)).isGreaterThan(change);
        assertThat(last.rise()).isBetween(0.1, 1.5 * (Math.exp(rise) - 1));
        assertThat(last.steps()).isBetween(5, 80);
    }

    @Property
    void shouldStaySilentWhileLossesFall(
            @ForAll @DoubleRange(min = 0.9, max = 1) double ratio,
            @ForAll @DoubleRange(min = 0, max = 0.01) double ripple) {
        LongToDoubleFunction loss =
                step -> Math.pow(ratio, step) * (1 + ripple * (step % 2 == 0 ? 1 : -1));

        assertThat(alarms(0, 2_000, loss)).isEmpty();
    }

    @Property(tries = 50)
    void shouldNotMindASingleLossHoweverHigh(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 1, max = 1e30) double factor,
            @ForAll @IntRange(min = 0, max = 900) int when) {
        Losses losses = new Losses(seed, 0.05, 0);

        assertThat(alarms(0, 1_000, step -> losses.at(step) * (step == when ? factor : 1)))
                .isEmpty();
    }

    @Test
    void shouldLearnAnewAndBeQuietWhenItWasTold() {
        // Given a camera that was told of at step 1,000
        Losses losses = new Losses(7, 0.05, 0);
        DriftState told = DriftState.quietUntil(1_200);

        // When its loss triples within the cool-down, and doubles again after it
        List<Long> alarms =
                alarms(
                        told,
                        1_000,
                        2_000,
                        step -> losses.at(9_000) * (step < 1_100 ? 1 : step < 1_600 ? 3 : 6));

        // Then only the second rise is found
        assertThat(alarms).isNotEmpty();
        assertThat(alarms.get(0)).isBetween(1_600L, 1_650L);
    }

    @Test
    void shouldNotCountARiseThatIsCertainButSmall() {
        // Given almost no noise, and 8 % more from step 500 on
        Losses losses = new Losses(3, 0.001, 0);

        assertThat(alarms(0, 900, step -> losses.at(9_000) * (step < 500 ? 1 : 1.08))).isEmpty();
        assertThat(alarms(0, 900, step -> losses.at(9_000) * (step < 500 ? 1 : 1.25))).isNotEmpty();
    }

    @Property
    void shouldBeTheSameAfterItWasStored(@ForAll long seed, @ForAll @IntRange(max = 300) int at) {
        Losses losses = new Losses(seed, 0.2, 0.5);
        alarms(0, at, losses::at);

        byte[] bytes = state.bytes();

        assertThat(DriftState.of(bytes)).isEqualTo(state);
        assertThat(bytes).hasSizeLessThan(100);
        bytes[0]++;
        assertThat(DriftState.of(bytes)).isNull();
        assertThat(DriftState.of(new byte[0])).isNull();
    }

    @Test
    void shouldDescribeItsDefaults() {
        assertThat(DriftSettings.defaults().isOn()).isTrue();
        assertThat(DriftSettings.from(DriftSettings.definition().parse(Map.of())))
                .isEqualTo(DriftSettings.defaults());
    }

    private List<Long> alarms(long from, long until, LongToDoubleFunction loss) {
        return alarms(DriftState.quietUntil(0), from, until, loss);
    }

    /** The steps at which a drift is found. */
    private List<Long> alarms(DriftState before, long from, long until, LongToDoubleFunction loss) {
        state = before;
        List<Long> alarms = new ArrayList<>();
        for (long step = from; step < until; step++) {
            DriftDetector.Next next = detector.next(state, step, loss.applyAsDouble(step));
            state = next.state();
            if (next.drift().isPresent()) {
                last = next.drift().get();
                alarms.add(step);
            }
        }
        return alarms;
    }
}
