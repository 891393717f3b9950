package io.maestream.mae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A model's arrays on its device: weights, AdamW's moments, step count, and fixed tables. */
final class Weights {

    private final Kernels kernels;
    private final List<ParameterSpec> specs;
    private final List<NDArray> parameters = new ArrayList<>();
    private final List<NDArray> firstMoments = new ArrayList<>();
    private final List<NDArray> secondMoments = new ArrayList<>();
    private final List<NDArray> averages = new ArrayList<>();
    private final AverageDecay decay;
    private final Map<String, NDArray> tables = new HashMap<>();
    private final List<NDArray> constants;
    private final NDArray count;

    /**
     * @param manager owns the arrays, for as long as the model lives
     */
    Weights(NDManager manager, MaeSettings settings, Kernels kernels) {
        this.kernels = kernels;
        MaeShape shape = settings.shape();
        specs = ParameterSpec.of(shape);
        decay = new AverageDecay(settings.emaDecay());
        Initialiser initialiser = new Initialiser(settings.seed());
        List<float[]> values = new ArrayList<>();
        for (ParameterSpec spec : specs) {
            Shape dims = new Shape(spec.shape());
            NDArray parameter = manager.zeros(dims);
            values.add(initialiser.values(spec));
            parameter.setRequiresGradient(true);
            parameters.add(parameter);
            firstMoments.add(manager.zeros(dims));
            secondMoments.add(manager.zeros(dims));
            if (decay.isOn()) {
                averages.add(manager.zeros(dims));
            }
        }
        try (NDManager scope = manager.newSubManager()) {
            assign(scope, parameters, values);
            assign(scope, averages, values);
        }
        constants = constants(manager, shape);
        tables.put(TensorNames.POS_EMBED, constants.get(2));
        tables.put(TensorNames.DECODER_POS_EMBED, constants.get(3));
        count = manager.zeros(new Shape());
    }

    List<NDArray> parameters() {
        return parameters;
    }

    List<NDArray> firstMoments() {
        return firstMoments;
    }

    List<NDArray> secondMoments() {
        return secondMoments;
    }

    /** Pixel scale and shift, encoder and decoder positions. */
    List<NDArray> constants() {
        return constants;
    }

    /** Steps applied, as a scalar on the device. */
    NDArray count() {
        return count;
    }

    /** Lets the averages follow the weights after a step; nothing happens without averages. */
    void average(NDManager scope, long step) {
        if (decay.isOn()) {
            NDArray share = scope.create((float) decay.share(step));
            kernels.call(scope, "average", List.of(share), List.of(averages, parameters));
        }
    }

    TrainState snapshot(long step) {
        return new TrainState(
                step,
                withTables(copies(parameters)),
                sorted(copies(firstMoments)),
                sorted(copies(secondMoments)),
                averages.isEmpty() ? List.of() : withTables(copies(averages)));
    }

    private List<NamedTensor> withTables(List<NamedTensor> named) {
        tables.forEach(
                (name, table) -> {
                    Shape shape = table.getShape();
                    named.add(
                            new NamedTensor(
                                    name,
                                    new long[] {1, shape.get(0), shape.get(1)},
                                    bytes(table)));
                });
        return sorted(named);
    }

    /**
     * @throws IllegalArgumentException if an array is missing, too much or of another shape
     */
    void restore(NDManager manager, TrainState state) {
        Map<String, NamedTensor> trained = byName("weights", withoutTables(state.parameters()));
        // A run that begins to keep averages begins with its weights.
        Map<String, NamedTensor> averaged =
                state.averages().isEmpty()
                        ? trained
                        : byName("averages", withoutTables(state.averages()));
        Map<String, NamedTensor> first = byName("first moments", state.firstMoments());
        Map<String, NamedTensor> second = byName("second moments", state.secondMoments());
        try (NDManager scope = manager.newSubManager()) {
            assign(scope, parameters, trained);
            if (decay.isOn()) {
                assign(scope, averages, averaged);
            }
            assign(scope, firstMoments, first);
            assign(scope, secondMoments, second);
            assign(scope, List.of(count), List.of(new float[] {state.step()}));
        }
    }

    private List<NamedTensor> withoutTables(List<NamedTensor> named) {
        return named.stream().filter(tensor -> !tables.containsKey(tensor.name())).toList();
    }

    private Map<String, NamedTensor> byName(String what, List<NamedTensor> tensors) {
        Map<String, NamedTensor> named = new HashMap<>();
        tensors.forEach(tensor -> named.put(tensor.name(), tensor));
        TreeSet<String> missing = new TreeSet<>();
        for (ParameterSpec spec : specs) {
            NamedTensor found = named.get(spec.name());
            if (found == null) {
                missing.add(spec.name());
            } else if (!new Shape(found.shape()).equals(new Shape(spec.shape()))) {
                throw new IllegalArgumentException(
                        "%s: %s has shape %s, this model needs %s"
                                .formatted(
                                        what,
                                        spec.name(),
                                        new Shape(found.shape()),
                                        new Shape(spec.shape())));
            }
        }
        TreeSet<String> extra = new TreeSet<>(named.keySet());
        specs.forEach(spec -> extra.remove(spec.name()));
        if (!missing.isEmpty() || !extra.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s are of another model: missing %s, unknown %s"
                            .formatted(what, missing, extra));
        }
        return named;
    }

    private void assign(NDManager scope, List<NDArray> arrays, Map<String, NamedTensor> values) {
        List<float[]> floats = new ArrayList<>();
        for (ParameterSpec spec : specs) {
            ByteBuffer data = values.get(spec.name()).data().duplicate();
            float[] array = new float[data.remaining() / Float.BYTES];
            data.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(array);
            floats.add(array);
        }
        assign(scope, arrays, floats);
    }

    /** Copies into memory that libtorch aligned, so that results do not depend on Java's heap. */
    private void assign(NDManager scope, List<NDArray> arrays, List<float[]> values) {
        if (arrays.isEmpty()) {
            return;
        }
        List<NDArray> sources = new ArrayList<>();
        for (int i = 0; i < arrays.size(); i++) {
            sources.add(scope.create(values.get(i), arrays.get(i).getShape()));
        }
        kernels.call(scope, "assign", List.of(), List.of(arrays, sources));
    }

    private static List<NDArray> constants(NDManager manager, MaeShape shape) {
        PixelScale scale = PixelScale.of(shape);
        return List.of(
                manager.create(scale.scale()),
                manager.create(scale.shift()),
                table(manager, shape.patches(), shape.encoder().dim()),
                table(manager, shape.patches(), shape.decoder().dim()));
    }

    private static NDArray table(NDManager manager, int patches, int dim) {
        return manager.create(PositionTable.of(patches, dim), new Shape(patches + 1, dim));
    }

    private List<NamedTensor> copies(List<NDArray> arrays) {
        List<NamedTensor> copies = new ArrayList<>();
        for (int i = 0; i < arrays.size(); i++) {
            ParameterSpec spec = specs.get(i);
            copies.add(new NamedTensor(spec.name(), spec.shape(), bytes(arrays.get(i))));
        }
        return copies;
    }

    private static List<NamedTensor> sorted(List<NamedTensor> tensors) {
        return tensors.stream().sorted(Comparator.comparing(NamedTensor::name)).toList();
    }

    private static ByteBuffer bytes(NDArray array) {
        if (array.getDataType() != DataType.FLOAT32) {
            throw new IllegalStateException(array.getName() + " is " + array.getDataType());
        }
        return array.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
}
