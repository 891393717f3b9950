package io.maestream.mae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MaskingTest {

    private static final int PATCHES = 16;
    private static final int VISIBLE = 4;
    private static final int DRAWS = 4000;

    /** Five and a half deviations of a share of draws: one false alarm in 10^7. */
    private static final double SLACK = 5.5 * 0.5 / Math.sqrt(DRAWS);

    @Property
    void shouldBeAPermutation(@ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int size) {
        long[] sorted = Masking.permutation(seed, size);
        Arrays.sort(sorted);
        for (int i = 0; i < size; i++) {
            assertThat(sorted[i]).isEqualTo(i);
        }
    }

    @Property
    void shouldDependOnTheSeedAlone(@ForAll long seed, @ForAll long other) {
        long[] alone = Masking.permutation(seed, PATCHES);
        long[] inBatch = Masking.permutations(new long[] {other, seed, other}, PATCHES);
        assertThat(Arrays.copyOfRange(inBatch, PATCHES, 2 * PATCHES)).isEqualTo(alone);
        assertThat(Arrays.copyOfRange(inBatch, 0, PATCHES))
                .isEqualTo(Masking.permutation(other, PATCHES));
    }

    @Property(tries = 20)
    void shouldHideEachPatchAsOftenAsTheRatioSays(@ForAll long first) {
        int[] hidden = new int[PATCHES];
        for (int i = 0; i < DRAWS; i++) {
            for (int patch : hidden(first + i)) {
                hidden[patch]++;
            }
        }
        for (int count : hidden) {
            assertThat(count / (double) DRAWS).isCloseTo(0.75, offset(SLACK));
        }
    }

    /** Seeds that differ by little, or by the generator's own stride, must not share a pattern. */
    @Property(tries = 20)
    void shouldHidePatchesIndependentlyUnderRelatedSeeds(@ForAll long first) {
        long[] differences = {1, 1L << 32, 1L << 63, 0x9E3779B97F4A7C15L, -0x9E3779B97F4A7C15L};
        for (long difference : differences) {
            int[] both = new int[PATCHES];
            for (int i = 0; i < DRAWS; i++) {
                Set<Integer> other = hidden(first + i + difference);
                for (int patch : hidden(first + i)) {
                    both[patch] += other.contains(patch) ? 1 : 0;
                }
            }
            for (int count : both) {
                assertThat(count / (double) DRAWS)
                        .as("seeds %d apart", difference)
                        .isCloseTo(0.75 * 0.75, offset(SLACK));
            }
        }
    }

    @Property(tries = 20)
    void shouldPutEachPatchAtEachPlaceEquallyOften(@ForAll long first) {
        int[][] counts = new int[PATCHES][PATCHES];
        for (int i = 0; i < DRAWS; i++) {
            long[] order = Masking.permutation(first + i, PATCHES);
            for (int place = 0; place < PATCHES; place++) {
                counts[place][(int) order[place]]++;
            }
        }
        for (int[] row : counts) {
            for (int count : row) {
                assertThat(count / (double) DRAWS).isCloseTo(1.0 / PATCHES, offset(SLACK / 2));
            }
        }
    }

    private static Set<Integer> hidden(long seed) {
        return Arrays.stream(Masking.permutation(seed, PATCHES))
                .skip(VISIBLE)
                .mapToObj(patch -> (int) patch)
                .collect(Collectors.toSet());
    }
}
