package io.maestream.app;

import io.maestream.checkpoints.CheckpointDraft;
import io.maestream.checkpoints.FileEntry;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.checkpoints.Manifest;
import io.maestream.checkpoints.ModelDescription;
import io.maestream.checkpoints.PublishedCheckpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Checkpoints of two small files, as a trainer would publish them. */
public final class Checkpoints {
    private Checkpoints() {}

    /** Publishes one that was taken {@code step} seconds after noon. */
    public static PublishedCheckpoint publish(Path root, String run, long step) throws IOException {
        return publish(root, run, step, "TIME");
    }

    /** The same, for another reason. */
    public static PublishedCheckpoint publish(Path root, String run, long step, String trigger)
            throws IOException {
        String id = run + "-" + step;
        try (CheckpointDraft draft = new FileSystemStore(root).begin(id)) {
            draft.write(
                    "encoder", "encoder.bin", out -> out.write(ByteBuffer.wrap(new byte[3000])));
            draft.write(
                    "optimizer", "optimizer.bin", out -> out.write(ByteBuffer.wrap(new byte[7])));
            return draft.publish(files -> manifest(id, run, step, trigger, files));
        }
    }

    private static Manifest manifest(
            String id, String run, long step, String trigger, List<FileEntry> files) {
        return new Manifest(
                Manifest.FORMAT_VERSION,
                id,
                run,
                null,
                Instant.parse("2026-01-01T12:00:00Z").plusSeconds(step),
                step,
                step * 8,
                trigger,
                "60 s have passed",
                new ModelDescription(96, 8, 3, 192, 6, 3, 128, 2, 4, 0.75, true),
                Map.of("loss", 0.5),
                "0".repeat(64),
                "test",
                files);
    }
}
