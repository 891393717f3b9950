package io.maestream.trainer.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.trainer.feed.Interleaving.Run;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class InterleavingTest {

    @Property
    void shouldExpandToTheVeryPicksOfAnyRange(
            @ForAll List<@IntRange(min = 0, max = 2) Integer> picks,
            @ForAll @IntRange(min = 0, max = 1_000) int a,
            @ForAll @IntRange(min = 0, max = 1_000) int b) {
        Interleaving interleaving = new Interleaving(10);
        picks.forEach(pick -> interleaving.picked(partition(pick)));
        int from = Math.min(a, b) % (picks.size() + 1);
        int until = Math.max(from, Math.max(a, b) % (picks.size() + 1));

        List<Run> runs = interleaving.slice(10 + from, 10 + until);

        assertThat(expand(runs))
                .isEqualTo(picks.subList(from, until).stream().map(p -> partition(p)).toList());
    }

    @Test
    void shouldForgetOnlyWhatLiesBefore() {
        Interleaving interleaving = new Interleaving(0);
        for (int i = 0; i < 10; i++) {
            interleaving.picked(partition(i < 6 ? 0 : 1));
        }

        interleaving.forgetBefore(4);

        assertThat(interleaving.slice(4, 10))
                .containsExactly(new Run(partition(0), 2), new Run(partition(1), 4));
        assertThatThrownBy(() -> interleaving.slice(3, 10)).hasMessageContaining("[3, 10)");
    }

    private static PartitionId partition(int number) {
        return new PartitionId("images.prepared", number);
    }

    private static List<PartitionId> expand(List<Run> runs) {
        List<PartitionId> picks = new ArrayList<>();
        for (Run run : runs) {
            for (long i = 0; i < run.count(); i++) {
                picks.add(run.partition());
            }
        }
        return picks;
    }
}
