package io.maestream.app;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointFile;
import io.maestream.schemas.ModelShape;
import io.maestream.schemas.ReconstructionSample;
import io.maestream.schemas.StepMetrics;
import io.maestream.schemas.Trigger;
import io.maestream.schemas.TriggerKind;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records as a trainer would publish them. */
public final class Records {
    public static final String RUN = "default";
    private static final Instant AT = Instant.parse("2026-03-04T05:06:07Z");

    private Records() {}

    /** A step of eight images that took 75 ms after waiting 25 ms. */
    public static StepMetrics step(long step, float loss) {
        return StepMetrics.newBuilder()
                .setRunId(RUN)
                .setStep(step)
                .setImagesSeen(8 * step)
                .setAt(AT)
                .setLoss(loss)
                .setGradientNorm(1f)
                .setLearningRate(1e-3)
                .setBatchSize(8)
                .setStepMillis(75)
                .setDataWaitMillis(25)
                .setImagesPerSecond(80)
                .setLag(5)
                .setSkipped(false)
                .setSourceLosses(Map.of())
                .build();
    }

    /** A checkpoint of two files, 3 MiB in all. */
    public static CheckpointCommitted committed(String run, long step) {
        return CheckpointCommitted.newBuilder()
                .setCheckpointId(run + "-" + step)
                .setRunId(run)
                .setCommittedAt(AT)
                .setStep(step)
                .setImagesSeen(8 * step)
                .setTrigger(new Trigger(TriggerKind.TIME, "60 s have passed"))
                .setLocation("file:///tmp/checkpoints/" + run + "-" + step)
                .setFiles(
                        List.of(
                                new CheckpointFile("encoder", "encoder.safetensors", 1L << 20, "a"),
                                new CheckpointFile("optimizer", "optimizer.bin", 2L << 20, "b")))
                .setManifestSha256("c")
                .setNextOffsets(List.of())
                .setOffsetRanges(List.of())
                .setSkippedRanges(List.of())
                .setShape(new ModelShape(96, 8, 3, 192, 6, 3, 128, 2, 4, 0.75, true))
                .setMetrics(Map.of("loss", 0.5))
                .setConfigDigest("d")
                .setSoftwareVersion("test")
                .build();
    }

    /** A panel with these bytes. */
    public static ReconstructionSample panel(long step, byte[] png) {
        return ReconstructionSample.newBuilder()
                .setRunId(RUN)
                .setStep(step)
                .setAt(AT)
                .setSourceIds(List.of("camera-1"))
                .setLoss(0.5f)
                .setPng(ByteBuffer.wrap(png))
                .build();
    }
}
