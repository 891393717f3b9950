package io.maestream.follower;

import io.maestream.checkpoints.CheckpointDraft;
import io.maestream.checkpoints.CheckpointStore;
import io.maestream.checkpoints.FileEntry;
import io.maestream.checkpoints.Manifest;
import io.maestream.checkpoints.ModelDescription;
import io.maestream.checkpoints.PublishedCheckpoint;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.ModelShape;
import io.maestream.schemas.Trigger;
import io.maestream.schemas.TriggerKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Small checkpoints and their events. */
public final class Fixture {

    /** Their run. */
    public static final String RUN = "run";

    private Fixture() {}

    /** The one file of a checkpoint. */
    record Content(String role, String name, byte[] bytes) {

        static Content encoder(byte... bytes) {
            return new Content("encoder", "encoder/model.safetensors", bytes);
        }
    }

    public static String id(long step) {
        return "step-%09d-0a1b2c3d".formatted(step);
    }

    /** Publishes one and gives its event. */
    public static CheckpointCommitted publish(CheckpointStore store, long step, TriggerKind kind)
            throws IOException {
        PublishedCheckpoint published =
                publish(
                        store,
                        step,
                        kind,
                        Content.encoder((byte) step, (byte) 2, (byte) 3, (byte) 4));
        return event(step, kind)
                .setLocation(published.location().toString())
                .setManifestSha256(published.manifestSha256())
                .build();
    }

    static PublishedCheckpoint publish(
            CheckpointStore store, long step, TriggerKind kind, Content content)
            throws IOException {
        try (CheckpointDraft draft = store.begin(id(step))) {
            draft.write(
                    content.role(),
                    content.name(),
                    out -> out.write(ByteBuffer.wrap(content.bytes())));
            return draft.publish(files -> manifest(step, kind, files));
        }
    }

    private static Manifest manifest(long step, TriggerKind kind, List<FileEntry> files) {
        return new Manifest(
                Manifest.FORMAT_VERSION,
                id(step),
                RUN,
                null,
                Instant.EPOCH,
                step,
                step * 8,
                kind.name(),
                "test",
                new ModelDescription(16, 4, 3, 16, 1, 2, 16, 1, 2, 0.75, true),
                Map.of(),
                "",
                "test",
                files);
    }

    public static CheckpointCommitted.Builder event(long step, TriggerKind kind) {
        return CheckpointCommitted.newBuilder()
                .setCheckpointId(id(step))
                .setRunId(RUN)
                .setCommittedAt(Instant.EPOCH)
                .setStep(step)
                .setImagesSeen(step * 8)
                .setTrigger(new Trigger(kind, "test"))
                .setLocation("")
                .setFiles(List.of())
                .setManifestSha256("")
                .setNextOffsets(List.of())
                .setOffsetRanges(List.of())
                .setSkippedRanges(List.of())
                .setShape(new ModelShape(16, 4, 3, 16, 1, 2, 16, 1, 2, 0.75, true))
                .setMetrics(Map.of())
                .setConfigDigest("")
                .setSoftwareVersion("test");
    }
}
