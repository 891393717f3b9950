package io.maestream.trainer.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StartOffsetsTest {

    private static final PartitionId P0 = new PartitionId("images.prepared", 0);
    private static final PartitionId P1 = new PartitionId("images.prepared", 1);

    @Test
    void shouldGoOnWhereTheCheckpointLeftOffAndBeginNewPartitionsAtTheirStart() {
        StartOffsets start =
                StartOffsets.decide(
                        Map.of(P0, 50L), Map.of(P0, 0L, P1, 7L), Map.of(P0, 90L, P1, 9L));

        assertThat(start.offsets()).containsExactly(Map.entry(P0, 50L), Map.entry(P1, 7L));
        assertThat(start.gaps()).isEmpty();
    }

    @Test
    void shouldReportTheGapWhenRetentionOvertookTheCheckpoint() {
        StartOffsets start = StartOffsets.decide(Map.of(P0, 50L), Map.of(P0, 80L), Map.of(P0, 90L));

        assertThat(start.offsets()).containsExactly(Map.entry(P0, 80L));
        assertThat(start.gaps()).containsExactly(Map.entry(P0, 50L));
    }

    @Test
    void shouldRefuseALogThatEndsBeforeTheCheckpoint() {
        assertThatThrownBy(
                        () -> StartOffsets.decide(Map.of(P0, 50L), Map.of(P0, 0L), Map.of(P0, 49L)))
                .hasMessageContaining("images.prepared-0")
                .hasMessageContaining("offset 50")
                .hasMessageContaining("ends at 49")
                .hasMessageContaining("run.id");
    }
}
