package io.maestream.trainer.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ShuffleBufferTest {

    private static final PartitionId PARTITION = new PartitionId("images.prepared", 0);

    @Property(tries = 200)
    void shouldDrawEveryRecordAtMostOnceAndLoseNone(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 20) int start,
            @ForAll @IntRange(min = 0, max = 40) int growth,
            @ForAll @IntRange(min = 0, max = 300) int records) {
        ShuffleBuffer buffer = new ShuffleBuffer(seed, start, start + growth);

        List<Long> drawn = drain(buffer, stream(records));

        assertThat(drawn).doesNotHaveDuplicates();
        List<Long> all = new ArrayList<>(drawn);
        buffer.references().forEach(ref -> all.add(ref.offset()));
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, records).boxed().toList());
        assertThat(buffer.references()).hasSizeLessThanOrEqualTo(start + growth);
    }

    @Property(tries = 100)
    void shouldGoOnAsIfUninterruptedWhenRestored(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 150) int interruptedAfter) {
        List<Long> whole = drain(new ShuffleBuffer(seed, 8, 64), stream(400));

        Iterator<StreamRecord> stream = stream(400);
        ShuffleBuffer first = new ShuffleBuffer(seed, 8, 64);
        List<Long> parts = drain(first, stream, interruptedAfter);
        List<StreamRecord> reread =
                first.references().stream().map(ref -> new StreamRecord(ref, null)).toList();
        ShuffleBuffer second = new ShuffleBuffer(seed, 8, 64, first.draws(), reread);
        parts.addAll(drain(second, stream));

        assertThat(parts).isEqualTo(whole);
    }

    @Test
    void shouldBreakUpTheOrderOfTheStream() {
        List<Long> drawn = drain(new ShuffleBuffer(1, 16, 256), stream(2_000));

        double meanDistance =
                LongStream.range(0, drawn.size())
                        .mapToDouble(i -> Math.abs(drawn.get((int) i) - i))
                        .average()
                        .orElseThrow();
        assertThat(meanDistance).isGreaterThan(80);
    }

    @Test
    void shouldDrawDifferentlyWhenTheSeedDiffers() {
        assertThat(drain(new ShuffleBuffer(1, 8, 64), stream(300)))
                .isNotEqualTo(drain(new ShuffleBuffer(2, 8, 64), stream(300)));
    }

    @Test
    void shouldRefuseSizesThatDoNotFit() {
        assertThatThrownBy(() -> new ShuffleBuffer(1, 10, 9))
                .hasMessageContaining("start=10, capacity=9");
    }

    private static Iterator<StreamRecord> stream(int records) {
        return LongStream.range(0, records)
                .mapToObj(offset -> new StreamRecord(new RecordRef(PARTITION, offset, 0), null))
                .iterator();
    }

    private static List<Long> drain(ShuffleBuffer buffer, Iterator<StreamRecord> stream) {
        return drain(buffer, stream, Integer.MAX_VALUE);
    }

    private static List<Long> drain(
            ShuffleBuffer buffer, Iterator<StreamRecord> stream, int limit) {
        List<Long> drawn = new ArrayList<>();
        while (drawn.size() < limit) {
            while (buffer.wantsRecord() && stream.hasNext()) {
                buffer.admit(stream.next());
            }
            Optional<StreamRecord> next = buffer.draw();
            if (next.isEmpty()) {
                break;
            }
            drawn.add(next.get().ref().offset());
        }
        return drawn;
    }
}
