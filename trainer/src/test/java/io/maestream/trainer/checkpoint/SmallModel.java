package io.maestream.trainer.checkpoint;

import io.maestream.checkpoints.ModelDescription;
import io.maestream.mae.MaeShape;
import io.maestream.mae.NamedTensor;
import io.maestream.mae.TensorNames;
import io.maestream.mae.TrainState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A whole model, as small as one can be, for tests that look at its files. */
final class SmallModel {

    static final ModelDescription DESCRIPTION =
            new ModelDescription(8, 4, 3, 8, 1, 2, 8, 1, 2, 0.75, true);

    private SmallModel() {}

    /** Every weight has this value. */
    static TrainState state(float value) {
        List<NamedTensor> weights = weights(Shapes.of(DESCRIPTION), value);
        return new TrainState(0, weights, trained(weights), trained(weights), List.of());
    }

    /** All arrays of a shape with this value; they share memory. */
    static List<NamedTensor> weights(MaeShape shape, float value) {
        long largest =
                TensorNames.shapes(shape).values().stream()
                        .mapToLong(SmallModel::size)
                        .max()
                        .orElseThrow();
        ByteBuffer memory =
                ByteBuffer.allocate(Math.toIntExact(largest * Float.BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN);
        while (memory.hasRemaining()) {
            memory.putFloat(value);
        }
        List<NamedTensor> weights = new ArrayList<>();
        TensorNames.shapes(shape)
                .forEach(
                        (name, sizes) ->
                                weights.add(
                                        new NamedTensor(
                                                name,
                                                sizes.stream().mapToLong(Long::longValue).toArray(),
                                                memory.slice(0, (int) size(sizes) * Float.BYTES)
                                                        .order(ByteOrder.LITTLE_ENDIAN))));
        return weights;
    }

    private static List<NamedTensor> trained(List<NamedTensor> weights) {
        return weights.stream().filter(weight -> !weight.name().endsWith("pos_embed")).toList();
    }

    private static long size(List<Long> sizes) {
        return sizes.stream().reduce(1L, (a, b) -> a * b);
    }
}
