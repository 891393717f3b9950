package io.maestream.app;

import io.maestream.checkpoints.CheckpointDraft;
import io.maestream.checkpoints.CheckpointStore;
import io.maestream.checkpoints.Manifest;
import io.maestream.checkpoints.ModelDescription;
import io.maestream.checkpoints.safetensors.DType;
import io.maestream.checkpoints.safetensors.SafetensorsWriter;
import io.maestream.checkpoints.safetensors.Tensor;
import io.maestream.mae.ImageShape;
import io.maestream.mae.MaeShape;
import io.maestream.mae.TensorNames;
import io.maestream.mae.TowerShape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A checkpoint of a small model with chance weights, to be looked at. */
public final class ModelCheckpoint {
    /** Its id. */
    public static final String ID = "step-000000007-aaaaaaaa";

    /** Its model. */
    public static final ModelDescription MODEL =
            new ModelDescription(32, 8, 3, 32, 2, 4, 16, 1, 2, 0.75, true);

    private ModelCheckpoint() {}

    /** Publishes it with the weights alone, the encoder's apart as well. */
    public static void publish(CheckpointStore store, boolean normPix) throws IOException {
        ModelDescription model = new ModelDescription(32, 8, 3, 32, 2, 4, 16, 1, 2, 0.75, normPix);
        try (CheckpointDraft draft = store.begin(ID)) {
            draft.write(
                    "model",
                    "model.safetensors",
                    out -> SafetensorsWriter.write(out, weights(), Map.of()));
            draft.write(
                    "encoder",
                    "encoder/model.safetensors",
                    out -> SafetensorsWriter.write(out, encoder(), Map.of()));
            draft.publish(
                    files ->
                            new Manifest(
                                    Manifest.FORMAT_VERSION,
                                    ID,
                                    "run",
                                    null,
                                    Instant.EPOCH,
                                    7,
                                    56,
                                    "TIME",
                                    "test",
                                    model,
                                    Map.of(),
                                    "0".repeat(64),
                                    "test",
                                    files));
        }
    }

    private static List<Tensor> encoder() {
        return weights().stream().filter(tensor -> TensorNames.isEncoder(tensor.name())).toList();
    }

    private static List<Tensor> weights() {
        MaeShape shape =
                new MaeShape(
                        new ImageShape(32, 8, 3),
                        new TowerShape(32, 2, 4),
                        new TowerShape(16, 1, 2));
        Random random = new Random(5);
        List<Tensor> weights = new ArrayList<>();
        TensorNames.shapes(shape)
                .forEach(
                        (name, sizes) -> {
                            int size =
                                    sizes.stream()
                                            .mapToInt(Long::intValue)
                                            .reduce(1, (a, b) -> a * b);
                            ByteBuffer data =
                                    ByteBuffer.allocate(size * Float.BYTES)
                                            .order(ByteOrder.LITTLE_ENDIAN);
                            for (int i = 0; i < size; i++) {
                                data.putFloat((float) (random.nextGaussian() * 0.1));
                            }
                            weights.add(new Tensor(name, DType.F32, sizes, data.flip()));
                        });
        return weights;
    }
}
