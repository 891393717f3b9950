package io.maestream.follower;

import io.maestream.checkpoints.CheckpointDraft;
import io.maestream.checkpoints.FileEntry;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.checkpoints.Manifest;
import io.maestream.checkpoints.ModelDescription;
import io.maestream.checkpoints.PublishedCheckpoint;
import io.maestream.checkpoints.safetensors.DType;
import io.maestream.checkpoints.safetensors.SafetensorsWriter;
import io.maestream.checkpoints.safetensors.Tensor;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointFile;
import io.maestream.schemas.ModelShape;
import io.maestream.schemas.Trigger;
import io.maestream.schemas.TriggerKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Publishes small real checkpoints and writes their events, as a trainer does. */
final class Publishing {

    static final ModelShape SHAPE = new ModelShape(16, 8, 3, 12, 2, 3, 8, 1, 2, 0.75, true);

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private Publishing() {}

    /** An encoder whose arrays hold 0, 1, 2, and so on. */
    static List<Tensor> encoder() throws IOException {
        List<Tensor> tensors = new ArrayList<>();
        for (Map.Entry<String, List<Long>> array : EncoderLayout.of(SHAPE).entrySet()) {
            tensors.add(tensor(array.getKey(), array.getValue()));
        }
        return tensors;
    }

    static Tensor tensor(String name, List<Long> shape) {
        int size = shape.stream().mapToInt(Long::intValue).reduce(1, Math::multiplyExact);
        ByteBuffer data = ByteBuffer.allocate(size * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            data.putFloat(i);
        }
        return new Tensor(name, DType.F32, shape, data.flip());
    }

    static CheckpointCommitted publish(Path root, String id) throws IOException {
        return publish(root, id, CheckpointFollower.ENCODER_FILE, encoder());
    }

    static CheckpointCommitted publish(Path root, String id, String name, List<Tensor> encoder)
            throws IOException {
        try (CheckpointDraft draft = new FileSystemStore(root).begin(id)) {
            draft.write(
                    CheckpointFollower.ENCODER_ROLE,
                    name,
                    out -> SafetensorsWriter.write(out, encoder, Map.of()));
            return event(draft.publish(files -> manifest(id, files)));
        }
    }

    private static Manifest manifest(String id, List<FileEntry> files) {
        return new Manifest(
                Manifest.FORMAT_VERSION,
                id,
                "run",
                null,
                AT,
                10,
                320,
                "TIME",
                "test",
                new ModelDescription(16, 8, 3, 12, 2, 3, 8, 1, 2, 0.75, true),
                Map.of(),
                "0".repeat(64),
                "test",
                files);
    }

    private static CheckpointCommitted event(PublishedCheckpoint published) {
        return CheckpointCommitted.newBuilder()
                .setCheckpointId(published.id())
                .setRunId("run")
                .setCommittedAt(AT)
                .setStep(10)
                .setImagesSeen(320)
                .setTrigger(new Trigger(TriggerKind.TIME, "test"))
                .setLocation(published.location().toString())
                .setFiles(
                        published.manifest().files().stream()
                                .map(
                                        file ->
                                                new CheckpointFile(
                                                        file.role(),
                                                        file.name(),
                                                        file.size(),
                                                        file.sha256()))
                                .toList())
                .setManifestSha256(published.manifestSha256())
                .setNextOffsets(List.of())
                .setOffsetRanges(List.of())
                .setSkippedRanges(List.of())
                .setShape(SHAPE)
                .setMetrics(Map.of())
                .setConfigDigest("0".repeat(64))
                .setSoftwareVersion("test")
                .build();
    }
}
