package io.maestream.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.mae.Precision;
import io.maestream.trainer.Progress;
import io.maestream.trainer.checkpoint.RunState.SinceParent;
import io.maestream.trainer.feed.FeedState;
import io.maestream.trainer.feed.Gap;
import io.maestream.trainer.feed.Interleaving;
import io.maestream.trainer.feed.MemoryState;
import io.maestream.trainer.feed.PartitionId;
import io.maestream.trainer.feed.RecordRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunStateJsonTest {

    private static final PartitionId P0 = new PartitionId("images.prepared", 0);
    private static final PartitionId P2 = new PartitionId("images.prepared", 2);

    @Test
    void shouldComeBackAsItWasWritten() throws IOException {
        RunState state =
                new RunState(
                        new RunState.Arithmetic(-42, Optional.of(Precision.BF16)),
                        new Progress(10, 320, 3, 2),
                        new FeedState(
                                new TreeMap<>(Map.of(P0, 400L, P2, 7L)),
                                330,
                                407,
                                List.of(new RecordRef(P2, 3, 0), new RecordRef(P0, 399, 2)),
                                new MemoryState(300, 20, List.of(new RecordRef(P0, 17, 4)))),
                        new SinceParent(
                                new TreeMap<>(Map.of(P0, 100L)),
                                List.of(new Gap(P0, 100, 120)),
                                List.of(new RecordRef(P0, 101, 1)),
                                List.of(new Interleaving.Run(P0, 280), new Interleaving.Run(P2, 7)),
                                Optional.of(FeedState.empty())),
                        Optional.of(new RunState.Branch(8, 2)));

        RunState read = RunStateJson.read(RunStateJson.write(state));

        assertThat(read).isEqualTo(state);
    }

    @Test
    void shouldRefuseAVersionItDoesNotKnow() {
        byte[] json = "{\"version\": 99}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> RunStateJson.read(json))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 99");
    }
}
