package io.maestream.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.checkpoints.CheckpointDraft;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.checkpoints.Manifest;
import io.maestream.checkpoints.ModelDescription;
import io.maestream.checkpoints.RetentionPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionKeeperTest {

    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir Path root;

    @Test
    void shouldDeleteOldCheckpointsOfItsOwnRunAndLeaveWhatItCannotRead() throws IOException {
        // Given four committed checkpoints of the run, one of another, and a damaged manifest
        FileSystemStore store = new FileSystemStore(root);
        for (int step = 1; step <= 4; step++) {
            publish(store, "step-" + step, "run", step);
        }
        publish(store, "other", "another-run", 1);
        publish(store, "damaged", "run", 1);
        Files.writeString(store.directory("damaged").resolve("manifest.json"), "{");
        RetentionKeeper keeper =
                new RetentionKeeper(
                        store,
                        new RetentionPolicy(2, Duration.ofMinutes(1)),
                        Clock.fixed(CREATED.plusSeconds(3_600), ZoneOffset.UTC),
                        List.of(
                                Events.committed("step-1", 1, 10),
                                Events.committed("step-2", 2, 20),
                                Events.committed("step-3", 3, 30)));

        // When the fourth is committed
        keeper.keep(Events.committed("step-4", 4, 40));

        // Then the two newest are left, and nothing else was touched
        assertThat(store.ids()).containsExactly("damaged", "other", "step-3", "step-4");
    }

    private static void publish(FileSystemStore store, String id, String run, long step)
            throws IOException {
        try (CheckpointDraft draft = store.begin(id)) {
            draft.publish(
                    files ->
                            new Manifest(
                                    Manifest.FORMAT_VERSION,
                                    id,
                                    run,
                                    null,
                                    CREATED,
                                    step,
                                    step * 32,
                                    "TIME",
                                    "test",
                                    new ModelDescription(8, 4, 3, 8, 1, 2, 8, 1, 2, 0.75, true),
                                    Map.of(),
                                    "",
                                    "test",
                                    files));
        }
    }
}
