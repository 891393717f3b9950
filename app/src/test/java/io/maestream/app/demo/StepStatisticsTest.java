package io.maestream.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maestream.app.Records;
import io.maestream.schemas.StepMetrics;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;

class StepStatisticsTest {
    @Example
    void shouldKnowNothingBeforeTheFirstStep() {
        // Given
        StepStatistics statistics = new StepStatistics();

        // Then
        assertThat(statistics.state()).isEmpty();
        assertThat(statistics.totals().firstLoss()).isEmpty();
    }

    @Property(tries = 50)
    void shouldTakeMeansOverTheFirstAndLastTwentySteps(
            @ForAll @Size(min = 1, max = 70) List<@FloatRange(min = 0, max = 9) Float> losses) {
        // Given any losses
        StepStatistics statistics = new StepStatistics();

        // When
        for (int i = 0; i < losses.size(); i++) {
            statistics.add(Records.step(i + 1, losses.get(i)));
        }

        // Then
        int window = Math.min(20, losses.size());
        var totals = statistics.totals();
        assertThat(totals.steps()).isEqualTo(losses.size());
        assertThat(totals.images()).isEqualTo(8L * losses.size());
        assertThat(totals.firstLoss().orElseThrow())
                .isCloseTo(mean(losses.subList(0, window)), within(1e-5));
        assertThat(totals.lastLoss().orElseThrow())
                .isCloseTo(
                        mean(losses.subList(losses.size() - window, losses.size())), within(1e-5));
    }

    @Example
    void shouldCountASkippedStepAndLeaveItsLossOut() {
        // Given
        StepStatistics statistics = new StepStatistics();
        statistics.add(Records.step(1, 2f));

        // When
        statistics.add(StepMetrics.newBuilder(Records.step(1, Float.NaN)).setSkipped(true).build());

        // Then
        assertThat(statistics.totals().skipped()).isEqualTo(1);
        assertThat(statistics.totals().lastLoss()).hasValue(2);
    }

    @Example
    void shouldTellRateAndDataWait() {
        // Given eight images in 75 ms of work and 25 ms of waiting
        StepStatistics statistics = new StepStatistics();
        statistics.add(Records.step(7, 0.5f));

        // When
        TrainingState state = statistics.state().orElseThrow();

        // Then
        assertThat(state.line())
                .isEqualTo(
                        "step 7, 56 images, 80.0 images/s, loss 0.5000, lr 1.00e-03, data wait 25%,"
                                + " lag 5");
    }

    private static double mean(List<Float> values) {
        return values.stream().mapToDouble(Float::doubleValue).average().orElseThrow();
    }
}
