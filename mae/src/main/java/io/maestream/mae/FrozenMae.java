package io.maestream.mae;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A model that is only looked at: weights without moments, float32, no gradients. One thread at a
 * time.
 */
public final class FrozenMae implements AutoCloseable {

    private final NDManager manager;
    private final Forward forward;

    private FrozenMae(NDManager manager, Forward forward) {
        this.manager = manager;
        this.forward = forward;
    }

    /**
     * A model with these weights.
     *
     * @param weights a checkpoint's, by timm's names; the fixed position tables may be among them
     * @throws IllegalArgumentException if they are of another model; names the arrays
     */
    public static FrozenMae open(
            MaeShape shape, Objective objective, List<NamedTensor> weights, Device device) {
        MaeSettings settings =
                new MaeSettings(shape, objective, AdamWSettings.paper(), Precision.FP32, 0, 0);
        Map<String, NamedTensor> named = Weights.trained(ParameterSpec.of(shape), weights);
        NDManager manager = NDManager.newBaseManager(device, TrainStep.ENGINE);
        try {
            List<NDArray> parameters = new ArrayList<>();
            for (ParameterSpec spec : ParameterSpec.of(shape)) {
                parameters.add(Weights.array(manager, named.get(spec.name())));
            }
            Kernels kernels = Kernels.load(manager, settings, device);
            List<NDArray> constants = Weights.constants(manager, shape);
            return new FrozenMae(manager, new Forward(kernels, shape, constants, parameters));
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** What the model makes of a batch, as pictures. */
    public Reconstruction reconstruct(ImageBatch batch) {
        try (NDManager scope = manager.newSubManager()) {
            return forward.reconstruct(scope, batch);
        }
    }

    /**
     * What decides the loss of one image.
     *
     * @throws IllegalArgumentException if the batch has more than one
     */
    public MaskedPrediction predict(ImageBatch image) {
        if (image.size() != 1) {
            throw new IllegalArgumentException("one image, not " + image.size());
        }
        try (NDManager scope = manager.newSubManager()) {
            List<NDArray> inputs = Forward.inputs(scope, forward.shape(), image);
            NDList found = forward.call(scope, "prediction", inputs);
            return new MaskedPrediction(
                    found.get(0).toFloatArray(),
                    found.get(1).toLongArray(),
                    found.get(2).toLongArray(),
                    found.get(3).toFloatArray(),
                    found.get(4).toFloatArray(),
                    found.get(5).toFloatArray()[0]);
        }
    }

    /**
     * Embeds images.
     *
     * @param pixels a direct buffer whose remaining bytes are uint8 (B, H, W, C), RGB or grey
     * @param count B
     */
    public Embeddings embed(ByteBuffer pixels, int count) {
        try (NDManager scope = manager.newSubManager()) {
            return forward.embed(scope, pixels, count);
        }
    }

    @Override
    public void close() {
        forward.kernels().close();
        manager.close();
    }
}
