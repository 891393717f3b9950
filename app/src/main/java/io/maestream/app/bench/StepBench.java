package io.maestream.app.bench;

import ai.djl.Device;
import io.maestream.mae.ImageBatch;
import io.maestream.mae.ImageShape;
import io.maestream.mae.MaeSettings;
import io.maestream.mae.TrainStep;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Times whole train steps (forward, backward, clip, update) of one model in this process. */
public final class StepBench implements AutoCloseable {
    private static final double LEARNING_RATE = 1e-4;
    private static final int WARMUP_STEPS = 3;

    private final TrainStep step;
    private final ImageBatch batch;

    /** Opens the model and warms it up on a batch of noise. */
    public StepBench(MaeSettings settings, int images, Device device) {
        step = TrainStep.open(settings, device);
        batch = noise(settings.shape().image(), images);
        time(WARMUP_STEPS);
    }

    /** Milliseconds of each of so many steps. */
    public List<Double> time(int steps) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            long began = System.nanoTime();
            step.run(batch, LEARNING_RATE);
            millis.add((System.nanoTime() - began) / 1e6);
        }
        return millis;
    }

    @Override
    public void close() {
        step.close();
    }

    private static ImageBatch noise(ImageShape image, int images) {
        byte[] pixels = new byte[images * image.size() * image.size() * image.channels()];
        new Random(1).nextBytes(pixels);
        long[] seeds = new long[images];
        Arrays.setAll(seeds, i -> i);
        ByteBuffer direct = ByteBuffer.allocateDirect(pixels.length).put(pixels).flip();
        return new ImageBatch(direct, images, seeds);
    }
}
