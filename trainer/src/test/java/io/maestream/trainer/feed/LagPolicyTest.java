package io.maestream.trainer.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.trainer.feed.LagPolicy.ProcessAll;
import io.maestream.trainer.feed.LagPolicy.SkipToFresh;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LagPolicyTest {

    @Property(tries = 300)
    void shouldLeaveAboutHalfOfTheBoundAndOnlyWhenMoreWaits(
            @ForAll @Size(min = 1, max = 8) List<@LongRange(min = 0, max = 1_000_000) Long> lags,
            @ForAll @LongRange(min = 2, max = 500_000) long max) {
        // Given
        Map<PartitionId, Long> waiting = waiting(lags);
        long total = lags.stream().mapToLong(Long::longValue).sum();

        // When
        SortedMap<PartitionId, Long> passed = new SkipToFresh(max).passOver(waiting);

        // Then
        if (total <= max) {
            assertThat(passed).isEmpty();
            return;
        }
        long left = total - passed.values().stream().mapToLong(Long::longValue).sum();
        assertThat(left).isBetween(max / 2 - lags.size() + 1, max / 2);
        passed.forEach(
                (partition, records) -> assertThat(records).isBetween(1L, waiting.get(partition)));
    }

    @Property(tries = 100)
    void shouldCutTheLongestQueuesToTheSameLength(
            @ForAll @Size(min = 2, max = 8) List<@LongRange(min = 0, max = 10_000) Long> lags) {
        Map<PartitionId, Long> waiting = waiting(lags);

        SortedMap<PartitionId, Long> passed = new SkipToFresh(100).passOver(waiting);

        List<Long> cut =
                passed.keySet().stream()
                        .map(id -> waiting.get(id) - passed.get(id))
                        .distinct()
                        .toList();
        assertThat(cut).hasSizeLessThanOrEqualTo(1);
        waiting.forEach(
                (id, lag) -> {
                    if (!passed.isEmpty() && !passed.containsKey(id)) {
                        assertThat(lag).isLessThanOrEqualTo(cut.get(0));
                    }
                });
    }

    @Test
    void shouldPassOverNothingWhenEverythingIsProcessed() {
        assertThat(new ProcessAll().passOver(waiting(List.of(1_000_000L)))).isEmpty();
    }

    @Test
    void shouldRefuseABoundThatLeavesNothing() {
        assertThatThrownBy(() -> new SkipToFresh(1)).hasMessageContaining("train.lag.max");
    }

    private static Map<PartitionId, Long> waiting(List<Long> lags) {
        Map<PartitionId, Long> waiting = new TreeMap<>();
        for (int i = 0; i < lags.size(); i++) {
            waiting.put(new PartitionId("images.prepared", i), lags.get(i));
        }
        return waiting;
    }
}
