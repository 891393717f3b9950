package io.maestream.trainer.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HistoryTest {

    @Property(tries = 100)
    void shouldStayBoundedAndKeepTheMeanWhenARunIsLong(
            @ForAll @IntRange(min = 1, max = 20) int half,
            @ForAll @IntRange(min = 0, max = 3000) int steps) {
        // Given
        int capacity = 2 * half;
        History history = new History(capacity);

        // When each step's loss is its number
        for (int step = 1; step <= steps; step++) {
            history.add(point(step, step));
        }

        // Then each point is the mean of its own steps, and few are not yet in one
        List<StepPoint> points = history.points();
        assertThat(points).hasSizeLessThan(capacity);
        assertThat(steps - points.size() * history.stride()).isBetween(0, history.stride() - 1);
        for (int i = 0; i < points.size(); i++) {
            long last = (long) (i + 1) * history.stride();
            assertThat(points.get(i).step()).isEqualTo(last);
            assertThat(points.get(i).loss())
                    .isCloseTo(last - (history.stride() - 1) / 2.0, within(1e-9));
        }
    }

    @Property(tries = 100)
    void shouldForgetWhatARunUndidWhenItGoesBack(
            @ForAll @IntRange(min = 1, max = 300) int until,
            @ForAll @IntRange(min = 1, max = 300) int from) {
        // Given a history that has been halved, perhaps several times
        History history = new History(16);
        for (int step = 1; step <= until; step++) {
            history.add(point(step, step));
        }

        // When the run goes on from an earlier step
        for (int step = Math.min(from, until); step <= 300; step++) {
            history.add(point(step, step));
        }

        // Then no step is there twice, and none of them is out of order
        List<Long> steps = history.points().stream().map(StepPoint::step).toList();
        assertThat(steps).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void shouldLeaveOutWhatIsUnknownWhenPointsAreMerged() {
        // Given a history that is full at two points, and a loss that was not finite
        History history = new History(2);
        history.add(point(1, Double.NaN));

        // When
        history.add(point(2, 0.5));

        // Then
        assertThat(history.points()).singleElement().extracting(StepPoint::loss).isEqualTo(0.5);
        assertThatThrownBy(() -> new History(3)).hasMessageContaining("even");
    }

    private static StepPoint point(long step, double loss) {
        return new StepPoint(step, step * 1000, loss, 1, 1e-4, 32, 0.1, 0);
    }
}
