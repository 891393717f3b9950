package io.maestream.trainer.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CounterRandomTest {

    @Property
    void shouldStayBelowTheBound(
            @ForAll long bits, @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE) int bound) {
        assertThat(CounterRandom.below(bits, bound)).isBetween(0, bound - 1);
        assertThat(CounterRandom.unit(bits)).isBetween(0.0, Math.nextDown(1.0));
    }

    @Test
    void shouldSpreadEvenly() {
        long[] counts = new long[10];
        LongStream.range(0, 100_000)
                .forEach(i -> counts[CounterRandom.below(CounterRandom.at(3, i), 10)]++);

        assertThat(LongStream.of(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(9_500L, 10_500L));
    }

    @Test
    void shouldGiveEveryPlaceInTheLogItsOwnRoot() {
        PartitionId first = new PartitionId("images.prepared", 0);
        PartitionId second = new PartitionId("images.prepared", 1);

        assertThat(
                        new long[] {
                            CounterRandom.recordRoot(1, new RecordRef(first, 5, 0)),
                            CounterRandom.recordRoot(2, new RecordRef(first, 5, 0)),
                            CounterRandom.recordRoot(1, new RecordRef(second, 5, 0)),
                            CounterRandom.recordRoot(1, new RecordRef(first, 6, 0)),
                            CounterRandom.recordRoot(1, new RecordRef(first, 5, 1)),
                        })
                .doesNotHaveDuplicates();
        assertThat(CounterRandom.recordRoot(1, new RecordRef(first, 5, 0)))
                .as("a released run must be replayable for ever")
                .isEqualTo(CounterRandom.recordRoot(1, new RecordRef(first, 5, 0)));
    }
}
