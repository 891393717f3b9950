package io.maestream.app.look;

import io.maestream.checkpoints.ModelDescription;
import io.maestream.checkpoints.safetensors.DType;
import io.maestream.checkpoints.safetensors.SafetensorsWriter;
import io.maestream.checkpoints.safetensors.Tensor;
import io.maestream.mae.MaskedPrediction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A prediction as a safetensors file from which any framework can compute the loss again: {@code
 * patches}, {@code ids_keep}, {@code ids_restore}, {@code mask}, {@code prediction}, {@code loss}.
 */
public final class PredictionDump {
    private PredictionDump() {}

    /**
     * Writes the file, in the place of what was there.
     *
     * @param metadata about the model and the image
     */
    public static void write(
            Path file,
            MaskedPrediction prediction,
            ModelDescription model,
            Map<String, String> metadata)
            throws IOException {
        long patches = prediction.mask().length;
        long values = prediction.patches().length / patches;
        List<Tensor> tensors =
                List.of(
                        floats("patches", List.of(1L, patches, values), prediction.patches()),
                        longs("ids_keep", prediction.visible()),
                        longs("ids_restore", prediction.restore()),
                        floats("mask", List.of(1L, patches), prediction.mask()),
                        floats("prediction", List.of(1L, patches, values), prediction.prediction()),
                        floats("loss", List.of(), new float[] {prediction.loss()}));
        Map<String, String> about = new TreeMap<>(metadata);
        about.put("norm_pix", Boolean.toString(model.normPix()));
        about.put("patch_size", Integer.toString(model.patchSize()));
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (FileChannel out =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            SafetensorsWriter.write(out, tensors, about);
        }
    }

    private static Tensor floats(String name, List<Long> shape, float[] values) {
        ByteBuffer data = room(values.length * Float.BYTES);
        data.asFloatBuffer().put(values);
        return new Tensor(name, DType.F32, shape, data);
    }

    private static Tensor longs(String name, long[] values) {
        ByteBuffer data = room(values.length * Long.BYTES);
        data.asLongBuffer().put(values);
        return new Tensor(name, DType.I64, List.of(1L, (long) values.length), data);
    }

    private static ByteBuffer room(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
