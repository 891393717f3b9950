package io.maestream.trainer.dashboard;

import io.maestream.mae.StepResult;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointFile;
import io.maestream.schemas.ModelShape;
import io.maestream.schemas.Trigger;
import io.maestream.schemas.TriggerKind;
import io.maestream.trainer.Progress;
import io.maestream.trainer.feed.BadRecord;
import io.maestream.trainer.feed.PartitionId;
import io.maestream.trainer.feed.RecordRef;
import io.maestream.trainer.report.PanelSample;
import io.maestream.trainer.report.StepReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a trainer may say, for tests. */
final class Happenings {

    static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

    private Happenings() {}

    static StepReport step(long step, float loss) {
        return new StepReport(
                new Progress(step, 2 * step, 0, 0),
                new StepResult(loss, 1.5f, new float[] {loss, loss}, Float.isFinite(loss)),
                List.of("gate", "yard"),
                1e-4,
                new StepReport.Timing(Duration.ofMillis(75), Duration.ofMillis(25)),
                7,
                300);
    }

    static PanelSample panel(long step) {
        return new PanelSample(step, Optional.empty(), List.of("gate"), 0.25f, PNG);
    }

    static BadRecord bad(String reason) {
        return new BadRecord(
                new RecordRef(new PartitionId("images.prepared", 0), 5, 0), reason, 100);
    }

    static CheckpointCommitted committed(long step) {
        return CheckpointCommitted.newBuilder()
                .setCheckpointId("run-" + step)
                .setRunId("run")
                .setCommittedAt(Instant.EPOCH)
                .setStep(step)
                .setImagesSeen(2 * step)
                .setTrigger(new Trigger(TriggerKind.TIME, "30 s since the last"))
                .setLocation("file:///checkpoints/run-" + step)
                .setFiles(List.of(new CheckpointFile("model", "model.safetensors", 48L, "ab")))
                .setManifestSha256("c0ffee")
                .setNextOffsets(List.of())
                .setOffsetRanges(List.of())
                .setSkippedRanges(List.of())
                .setShape(new ModelShape(32, 8, 3, 64, 2, 4, 32, 1, 4, 0.75, true))
                .setMetrics(Map.of())
                .setConfigDigest("d")
                .setSoftwareVersion("1")
                .build();
    }
}
