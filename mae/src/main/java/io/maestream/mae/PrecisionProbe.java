package io.maestream.mae;

import ai.djl.Device;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Finds out by trying which precision is faster on this machine for this model. */
public final class PrecisionProbe {

    private static final int BATCH = 8;
    private static final int ROUNDS = 3;

    private PrecisionProbe() {}

    /**
     * Times whole steps of both precisions in turn and returns the one with the shorter fastest
     * step. On a GPU it is bf16 without trying.
     */
    public static Precision choose(MaeSettings settings, Device device) {
        if (device.isGpu()) {
            return Precision.BF16;
        }
        Map<Precision, Long> fastest = new EnumMap<>(Precision.class);
        try (TrainStep fp32 = open(settings, Precision.FP32, device);
                TrainStep bf16 = open(settings, Precision.BF16, device)) {
            ImageBatch batch = batch(settings.shape());
            for (int round = 0; round < ROUNDS; round++) {
                fastest.merge(Precision.FP32, nanos(fp32, batch), Math::min);
                fastest.merge(Precision.BF16, nanos(bf16, batch), Math::min);
            }
        }
        return fastest.get(Precision.BF16) < fastest.get(Precision.FP32)
                ? Precision.BF16
                : Precision.FP32;
    }

    private static TrainStep open(MaeSettings settings, Precision precision, Device device) {
        return TrainStep.open(
                new MaeSettings(
                        settings.shape(),
                        settings.objective(),
                        settings.optimizer(),
                        precision,
                        settings.seed()),
                device);
    }

    private static ImageBatch batch(MaeShape shape) {
        int bytes = shape.patches() * shape.patchValues();
        long[] seeds = new long[BATCH];
        Arrays.setAll(seeds, i -> i);
        return new ImageBatch(ByteBuffer.allocateDirect(BATCH * bytes), BATCH, seeds);
    }

    private static long nanos(TrainStep step, ImageBatch batch) {
        long began = System.nanoTime();
        step.run(batch, 0);
        return System.nanoTime() - began;
    }
}
