package io.maestream.follower.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NeighboursTest {

    @Property
    void shouldKeepTheMostSimilarOfAnyOrder(
            @ForAll @Size(min = 1, max = 60) List<@FloatRange(min = -1, max = 1) Float> offered,
            @ForAll @IntRange(min = 1, max = 20) int most) {
        Neighbours nearest = new Neighbours(most);
        for (int row = 0; row < offered.size(); row++) {
            nearest.offer(offered.get(row), row);
        }

        int[] sorted =
                IntStream.range(0, offered.size())
                        .boxed()
                        .sorted(Comparator.comparing(offered::get, Comparator.reverseOrder()))
                        .limit(most)
                        .mapToInt(Integer::intValue)
                        .toArray();
        assertThat(nearest.rows()).isEqualTo(sorted);
    }

    @Test
    void shouldWeighVotesByTheirSimilarity() {
        // Given one near neighbour of class 1 and two far ones of class 0
        Neighbours nearest = new Neighbours(3);
        nearest.offer(0.1f, 0);
        nearest.offer(0.9f, 1);
        nearest.offer(0.1f, 2);
        int[] labels = {0, 1, 0};

        // Then a low temperature lets the near one decide, a high one lets the many
        assertThat(nearest.vote(labels, 2, 0.07)).isEqualTo(1);
        assertThat(nearest.vote(labels, 2, 100)).isZero();
    }

    @Test
    void shouldTakeTheLowestOfEqualClasses() {
        Neighbours nearest = new Neighbours(2);
        nearest.offer(0.5f, 0);
        nearest.offer(0.5f, 1);

        assertThat(nearest.vote(new int[] {2, 1}, 3, 0.07)).isEqualTo(1);
        assertThat(Arrays.stream(nearest.rows())).containsExactly(0, 1);
    }
}
