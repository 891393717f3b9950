package io.maestream.mae;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * An encoder alone, as downstream consumers take it: float32, nothing hidden, no gradients. One
 * thread at a time.
 */
public final class FrozenEncoder implements AutoCloseable {

    /** No decoder runs; the kernels only want to know of one. */
    private static final TowerShape NO_DECODER = new TowerShape(4, 1, 1);

    /** Nothing is hidden; a ratio of one half fits every model of two patches and more. */
    private static final Objective NO_OBJECTIVE = new Objective(0.5, false);

    private final NDManager manager;
    private final Forward forward;

    private FrozenEncoder(NDManager manager, Forward forward) {
        this.manager = manager;
        this.forward = forward;
    }

    /**
     * An encoder with these weights.
     *
     * @param weights by timm's names, the position table among them
     * @throws IllegalArgumentException if one is missing, unknown or of another shape; names it
     */
    public static FrozenEncoder open(
            ImageShape image, TowerShape encoder, List<NamedTensor> weights, Device device) {
        MaeShape shape = new MaeShape(image, encoder, NO_DECODER);
        Map<String, NamedTensor> named = checked(shape, weights);
        return build(shape, device, named::get);
    }

    /** An encoder as training would begin with: what a trained one has to be better than. */
    public static FrozenEncoder untrained(
            ImageShape image, TowerShape encoder, long seed, Device device) {
        Initialiser initialiser = new Initialiser(seed);
        MaeShape shape = new MaeShape(image, encoder, NO_DECODER);
        Map<String, NamedTensor> first = new HashMap<>();
        for (ParameterSpec spec : ParameterSpec.of(shape)) {
            first.put(spec.name(), tensor(spec.name(), spec.shape(), initialiser.values(spec)));
        }
        float[] positions = PositionTable.of(shape.patches(), encoder.dim());
        long[] dims = {1, shape.patches() + 1L, encoder.dim()};
        first.put(TensorNames.POS_EMBED, tensor(TensorNames.POS_EMBED, dims, positions));
        return build(shape, device, first::get);
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

    /** Numbers of an embedding, D. */
    public int width() {
        return forward.shape().encoder().dim();
    }

    /** The images that it takes. */
    public ImageShape image() {
        return forward.shape().image();
    }

    @Override
    public void close() {
        forward.kernels().close();
        manager.close();
    }

    /** Where weights come from. */
    private interface Source {
        NamedTensor weight(String name);
    }

    private static FrozenEncoder build(MaeShape shape, Device device, Source source) {
        MaeSettings settings =
                new MaeSettings(shape, NO_OBJECTIVE, AdamWSettings.paper(), Precision.FP32, 0, 0);
        NDManager manager = NDManager.newBaseManager(device, TrainStep.ENGINE);
        try {
            List<NDArray> parameters = new ArrayList<>();
            for (ParameterSpec spec : ParameterSpec.of(shape)) {
                if (TensorNames.isEncoder(spec.name())) {
                    parameters.add(Weights.array(manager, source.weight(spec.name())));
                } else if (spec.name().equals(TensorNames.MASK_TOKEN)) {
                    // The kernels count it, and hide nothing behind it.
                    parameters.add(manager.zeros(new Shape(spec.shape())));
                }
            }
            List<NDArray> constants = new ArrayList<>(Weights.constants(manager, shape));
            NDArray positions = Weights.array(manager, source.weight(TensorNames.POS_EMBED));
            constants.set(2, positions.squeeze(0));
            Kernels kernels = Kernels.load(manager, settings, device);
            return new FrozenEncoder(manager, new Forward(kernels, shape, constants, parameters));
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private static Map<String, NamedTensor> checked(MaeShape shape, List<NamedTensor> weights) {
        Map<String, NamedTensor> named = new HashMap<>();
        weights.forEach(weight -> named.put(weight.name(), weight));
        TreeSet<String> differing = new TreeSet<>(named.keySet());
        TensorNames.shapes(shape)
                .forEach(
                        (name, dims) -> {
                            NamedTensor found = named.get(name);
                            boolean fits =
                                    found != null
                                            && new Shape(found.shape()).equals(new Shape(dims));
                            if (TensorNames.isEncoder(name) && !fits) {
                                differing.add(name);
                            } else if (TensorNames.isEncoder(name)) {
                                differing.remove(name);
                            }
                        });
        if (!differing.isEmpty()) {
            throw new IllegalArgumentException(
                    "weights are of another encoder: missing, unknown or of another shape are "
                            + differing);
        }
        return named;
    }

    private static NamedTensor tensor(String name, long[] shape, float[] values) {
        ByteBuffer data =
                ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return new NamedTensor(name, shape, data);
    }
}
