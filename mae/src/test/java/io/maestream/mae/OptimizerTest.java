package io.maestream.mae;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class OptimizerTest {

    @Property
    void shouldGiveEveryWeightToOneLaneAndLoadLanesAlikeWhenPortionsAreMade(
            @ForAll @Size(min = 1, max = 60) List<@LongRange(min = 1, max = 5000) Long> list,
            @ForAll @IntRange(min = 1, max = 5) int lanes) {
        // Given
        long[] sizes = list.stream().mapToLong(Long::longValue).toArray();

        // When
        List<List<Integer>> portions = Optimizer.portions(sizes, lanes);

        // Then
        assertThat(portions.stream().flatMap(List::stream))
                .hasSize(sizes.length)
                .doesNotHaveDuplicates();
        long[] loads =
                portions.stream()
                        .mapToLong(portion -> portion.stream().mapToLong(i -> sizes[i]).sum())
                        .sorted()
                        .toArray();
        long largest = Arrays.stream(sizes).max().orElseThrow();
        assertThat(loads[loads.length - 1] - loads[0]).isLessThanOrEqualTo(largest);
    }
}
