package io.maestream.mae;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The one train step: mask, encode the visible patches, decode, loss on the hidden ones, backward,
 * clip, AdamW. Owns the weights. One thread at a time.
 *
 * <p>All that a step allocates lives in one scope that closes with it, so memory stays flat.
 */
public final class TrainStep implements AutoCloseable {

    private static final String ENGINE = "PyTorch";

    /** Loss, norm, whether it was applied (see kernels.py). */
    private static final int SCALARS = 3;

    private final MaeSettings settings;
    private final NDManager manager;
    private final Kernels kernels;
    private final Weights weights;
    private final Lanes lanes;
    private final BatchGradients gradients;
    private final Optimizer optimizer;
    private long step;

    private TrainStep(MaeSettings settings, NDManager manager, Kernels kernels, BatchSplit split) {
        this.settings = settings;
        this.manager = manager;
        this.kernels = kernels;
        this.weights = new Weights(manager, settings, kernels);
        this.lanes = new Lanes(split.lanes());
        this.gradients = new BatchGradients(settings.shape(), kernels, weights, split, lanes);
        this.optimizer = new Optimizer(kernels, weights, lanes, split.lanes());
    }

    /** A new model with weights that the settings' seed decides. */
    public static TrainStep open(MaeSettings settings, Device device) {
        return open(settings, device, BatchSplit.usual(device));
    }

    /** The same, for batches split in a way of one's own. */
    public static TrainStep open(MaeSettings settings, Device device, BatchSplit split) {
        return open(settings, device, split, false);
    }

    /**
     * A model as it is usually not built, to compare with: its encoder sees mask tokens in the
     * places of the hidden patches (arXiv:2111.06377, table 1c).
     */
    public static TrainStep openWithMaskTokensInEncoder(MaeSettings settings, Device device) {
        return open(settings, device, BatchSplit.usual(device), true);
    }

    private static TrainStep open(
            MaeSettings settings, Device device, BatchSplit split, boolean maskTokens) {
        NDManager manager = NDManager.newBaseManager(device, ENGINE);
        try {
            Kernels kernels =
                    maskTokens
                            ? Kernels.loadWithMaskTokensInEncoder(manager, settings, device)
                            : Kernels.load(manager, settings, device);
            return new TrainStep(settings, manager, kernels, split);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /**
     * Trains on a batch. If loss or gradient is not finite, nothing changes.
     *
     * @param learningRate of this step
     * @throws IllegalArgumentException if the images are not of the model's size
     */
    public StepResult run(ImageBatch batch, double learningRate) {
        try (NDManager scope = manager.newSubManager()) {
            List<NDList> shares = gradients.of(scope, batch);
            float[] values = optimizer.apply(scope, shares, learningRate);
            boolean applied = values[2] != 0;
            if (applied) {
                step++;
                weights.average(scope, step);
            }
            float[] imageLosses = Arrays.copyOfRange(values, SCALARS, values.length);
            return new StepResult(values[0], values[1], imageLosses, applied);
        }
    }

    /** What the model makes of a batch; changes nothing. */
    public Reconstruction reconstruct(ImageBatch batch) {
        boolean differentiating = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try (NDManager scope = manager.newSubManager()) {
            NDList result =
                    kernels.call(
                            scope,
                            "reconstruct",
                            gradients.inputs(scope, batch),
                            List.of(weights.constants(), weights.parameters()));
            ImageShape image = settings.shape().image();
            return new Reconstruction(
                    image.size(),
                    image.size(),
                    image.channels(),
                    images(result.get(1)),
                    images(result.get(2)),
                    images(result.get(3)),
                    images(result.get(4)),
                    result.get(0).toFloatArray()[0]);
        } finally {
            JniUtils.setGradMode(differentiating);
        }
    }

    /** A copy in host memory of all that the next step depends on. */
    public TrainState snapshot() {
        return weights.snapshot(step);
    }

    /**
     * Goes back to a copy.
     *
     * @throws IllegalArgumentException if it is of another model; names the array
     */
    public void restore(TrainState state) {
        weights.restore(manager, state);
        step = state.step();
    }

    /** Steps applied so far. */
    public long step() {
        return step;
    }

    /** Arrays that live on between steps; the same number for ever, or memory leaks. */
    public int arraysHeld() {
        return manager.getManagedArrays().size();
    }

    public MaeSettings settings() {
        return settings;
    }

    @Override
    public void close() {
        lanes.close();
        kernels.close();
        manager.close();
    }

    /** Losses (B), then the gradient of every weight, for tests against the reference. */
    NDList gradients(NDManager scope, ImageBatch batch) {
        List<NDList> shares = gradients.of(scope, batch);
        NDList sum = new NDList(shares.get(0));
        for (NDList share : shares.subList(1, shares.size())) {
            sum.set(0, sum.get(0).concat(share.get(0)));
            for (int i = 1; i < sum.size(); i++) {
                sum.set(i, sum.get(i).add(share.get(i)));
            }
        }
        return sum;
    }

    Weights weights() {
        return weights;
    }

    private static List<byte[]> images(NDArray images) {
        byte[] all = images.toByteArray();
        int count = (int) images.getShape().get(0);
        List<byte[]> split = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int size = all.length / count;
            split.add(Arrays.copyOfRange(all, i * size, (i + 1) * size));
        }
        return split;
    }
}
