package io.maestream.trainer.checkpoint;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.ModelShape;
import io.maestream.schemas.NextOffset;
import io.maestream.schemas.Trigger;
import io.maestream.schemas.TriggerKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events for tests. */
final class Events {

    private Events() {}

    static CheckpointCommitted committed(String id, long step, long nextOffset) {
        return committed(id, step, nextOffset, "0".repeat(64));
    }

    /** The same checkpoint, but as the end of a branch. */
    static CheckpointCommitted release(CheckpointCommitted event, String parentId) {
        return CheckpointCommitted.newBuilder(event)
                .setParentId(parentId)
                .setTrigger(new Trigger(TriggerKind.RELEASE, "test"))
                .build();
    }

    static CheckpointCommitted committed(
            String id, long step, long nextOffset, String manifestSha256) {
        return CheckpointCommitted.newBuilder()
                .setCheckpointId(id)
                .setRunId("run")
                .setParentId(null)
                .setCommittedAt(Instant.EPOCH)
                .setStep(step)
                .setImagesSeen(step * 32)
                .setTrigger(new Trigger(TriggerKind.TIME, "test"))
                .setLocation("file:///nowhere/" + id)
                .setFiles(List.of())
                .setManifestSha256(manifestSha256)
                .setNextOffsets(List.of(new NextOffset("images.prepared", 0, nextOffset)))
                .setOffsetRanges(List.of())
                .setSkippedRanges(List.of())
                .setMissingReferences(0)
                .setShape(new ModelShape(16, 4, 3, 16, 1, 2, 16, 1, 2, 0.75, true))
                .setMetrics(Map.of())
                .setConfigDigest("")
                .setSoftwareVersion("test")
                .build();
    }
}
