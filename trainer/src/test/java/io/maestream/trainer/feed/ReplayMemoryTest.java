package io.maestream.trainer.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.trainer.feed.MemorySettings.Policy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReplayMemoryTest {

    private static final PartitionId PARTITION = new PartitionId("images.prepared", 0);

    @Test
    void shouldHoldEveryRecordWithTheSameProbability() {
        // Given two thousand seeds, each keeping 10 of 100 records
        int[] kept = new int[100];
        for (long seed = 0; seed < 2_000; seed++) {
            ReplayMemory memory = memory(seed, 0.5, 10);
            offer(memory, 0, 100);
            memory.state().records().forEach(ref -> kept[(int) ref.offset()]++);
        }

        // Then chi-squared over 99 degrees of freedom stays below its 99.99th percentile
        double chiSquared = 0;
        for (int count : kept) {
            chiSquared += (count - 200.0) * (count - 200.0) / (200 * 0.9);
        }
        assertThat(chiSquared).isLessThan(160);
    }

    @Test
    void shouldDrawEveryHeldRecordWithTheSameProbability() {
        ReplayMemory memory = memory(7, 0.5, 20);
        offer(memory, 0, 20);

        int[] drawn = new int[20];
        for (int i = 0; i < 20_000; i++) {
            drawn[(int) memory.draw().ref().offset()]++;
        }

        assertThat(Arrays.stream(drawn).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(850, 1150));
    }

    @Property(tries = 100)
    void shouldHonourTheShareInEveryWindow(
            @ForAll @DoubleRange(min = 0.01, max = 0.9) double share,
            @ForAll @IntRange(min = 0, max = 100_000) int from) {
        ReplayMemory memory = memory(1, share, 10);
        offer(memory, 0, 50);

        int due = 0;
        for (long slot = from; slot < from + 1_000; slot++) {
            due += memory.isDue(slot) ? 1 : 0;
        }

        assertThat((double) due).isBetween(1_000 * share - 1.001, 1_000 * share + 1.001);
    }

    @Property(tries = 100)
    void shouldGoOnAsIfUninterruptedWhenRestored(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 299) int interruptedAfter) {
        // Given a memory that is offered 300 records and drawn from after each, once in one go
        ReplayMemory whole = memory(seed, 0.5, 16);
        List<RecordRef> expected = offerAndDraw(whole, 0, 300);

        // When another one is interrupted and restored with its records read again
        ReplayMemory first = memory(seed, 0.5, 16);
        List<RecordRef> drawn = offerAndDraw(first, 0, interruptedAfter);
        MemoryState state = first.state();
        List<StreamRecord> reread =
                state.records().stream().map(ref -> new StreamRecord(ref, new byte[10])).toList();
        ReplayMemory second =
                new ReplayMemory(settings(0.5, 16, 1 << 20), new Reservoir(seed), 4, state, reread);
        drawn.addAll(offerAndDraw(second, interruptedAfter, 300));

        // Then nothing tells them apart
        assertThat(drawn).isEqualTo(expected);
        assertThat(second.state()).isEqualTo(whole.state());
    }

    @Test
    void shouldCountEveryVisitSoThatCropsAndMasksDiffer() {
        ReplayMemory memory = memory(1, 0.5, 1);
        memory.offer(record(9, 10));

        assertThat(memory.draw().ref()).isEqualTo(new RecordRef(PARTITION, 9, 1));
        assertThat(memory.draw().ref()).isEqualTo(new RecordRef(PARTITION, 9, 2));
        assertThat(memory.state().records()).containsExactly(new RecordRef(PARTITION, 9, 3));
        long first = CounterRandom.recordRoot(42, new RecordRef(PARTITION, 9, 1));
        long second = CounterRandom.recordRoot(42, new RecordRef(PARTITION, 9, 2));
        assertThat(first).isNotEqualTo(second);
    }

    @Property(tries = 100)
    void shouldStayWithinItsBytes(@ForAll long seed) {
        // Given records of 1 to 100 bytes and room for 500
        MemorySettings settings = settings(0.5, 1_000, 500);
        ReplayMemory memory =
                new ReplayMemory(settings, new Reservoir(seed), 1, MemoryState.EMPTY, List.of());
        for (int i = 0; i < 400; i++) {
            memory.offer(record(i, 1 + i * 37 % 100));
        }

        // Then
        int bytes =
                memory.state().records().stream()
                        .mapToInt(ref -> (int) (1 + ref.offset() * 37 % 100))
                        .sum();
        assertThat(bytes).isBetween(300, 500);
    }

    @Test
    void shouldBeNothingWhenItIsOff() {
        ReplayMemory memory =
                new ReplayMemory(
                        MemorySettings.NONE, new Reservoir(1), 1, MemoryState.EMPTY, List.of());
        offer(memory, 0, 10);

        assertThat(memory.isDue(1)).isFalse();
        assertThat(memory.state()).isEqualTo(MemoryState.EMPTY);
    }

    @Test
    void shouldWaitUntilItHoldsEnough() {
        ReplayMemory memory = memory(1, 0.5, 10);
        offer(memory, 0, 3);
        assertThat(memory.isDue(1)).isFalse();
        offer(memory, 3, 4);
        assertThat(memory.isDue(1)).isTrue();
    }

    @Test
    void shouldRefuseAShareThatLeavesNoRoomForTheStream() {
        assertThatThrownBy(() -> settings(0.95, 10, 10))
                .hasMessageContaining("train.replay.share (0.95)");
    }

    private static List<RecordRef> offerAndDraw(ReplayMemory memory, int from, int until) {
        List<RecordRef> drawn = new ArrayList<>();
        for (int i = from; i < until; i++) {
            memory.offer(record(i, 10));
            drawn.add(memory.draw().ref());
        }
        return drawn;
    }

    private static void offer(ReplayMemory memory, int from, int until) {
        for (int i = from; i < until; i++) {
            memory.offer(record(i, 10));
        }
    }

    private static StreamRecord record(int offset, int bytes) {
        return new StreamRecord(new RecordRef(PARTITION, offset, 0), new byte[bytes]);
    }

    private static ReplayMemory memory(long seed, double share, int capacity) {
        return new ReplayMemory(
                settings(share, capacity, 1 << 20),
                new Reservoir(seed),
                4,
                MemoryState.EMPTY,
                List.of());
    }

    private static MemorySettings settings(double share, int capacity, long bytes) {
        return new MemorySettings(Policy.RESERVOIR, share, capacity, bytes);
    }
}
