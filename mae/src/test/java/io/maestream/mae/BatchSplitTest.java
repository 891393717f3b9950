package io.maestream.mae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchSplitTest {

    @Property
    void shouldHoldEveryImageOnceAndInOrderWhenABatchIsSplit(
            @ForAll @IntRange(min = 1, max = 200) int images,
            @ForAll @IntRange(min = 1, max = 8) int lanes,
            @ForAll @IntRange(min = 0, max = 40) int microBatch) {
        // When
        List<List<BatchPart>> shares = new BatchSplit(lanes, microBatch).of(images);

        // Then
        List<Integer> seen = new ArrayList<>();
        shares.forEach(
                parts ->
                        parts.forEach(
                                part -> {
                                    for (int i = 0; i < part.size(); i++) {
                                        seen.add(part.first() + i);
                                    }
                                }));
        assertThat(seen).hasSize(images).isSorted().doesNotHaveDuplicates();
        assertThat(shares).hasSize(Math.min(lanes, images));
    }

    @Property
    void shouldKeepPartsWithinTheMicroBatchAndAlikeWhenABatchIsSplit(
            @ForAll @IntRange(min = 1, max = 200) int images,
            @ForAll @IntRange(min = 1, max = 8) int lanes,
            @ForAll @IntRange(min = 1, max = 40) int microBatch) {
        // When
        List<List<BatchPart>> shares = new BatchSplit(lanes, microBatch).of(images);

        // Then
        for (List<BatchPart> parts : shares) {
            List<Integer> sizes = parts.stream().map(BatchPart::size).sorted().toList();
            int largest = sizes.get(sizes.size() - 1);
            assertThat(largest).isLessThanOrEqualTo(microBatch);
            assertThat(largest - sizes.get(0)).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void shouldNotDependOnTheProcessorsWhenNothingElseIsAsked() {
        // When
        BatchSplit split = BatchSplit.usual(Device.cpu());

        // Then
        assertThat(split).isEqualTo(new BatchSplit(2, 0));
        assertThat(BatchSplit.usual(Device.gpu())).isEqualTo(new BatchSplit(1, 0));
    }

    @Test
    void shouldNameBothNumbersWhenASplitMakesNoSense() {
        // When, then
        assertThatThrownBy(() -> new BatchSplit(0, -1)).hasMessageContaining("got 0 and -1");
    }
}
