package io.maestream.mae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Calls of a model that change nothing and take no gradients.
 *
 * @param kernels the maths
 * @param shape of the model
 * @param constants see {@link Weights#constants()}
 * @param parameters in the order of {@link ParameterSpec#of}
 */
record Forward(Kernels kernels, MaeShape shape, List<NDArray> constants, List<NDArray> parameters) {

    Reconstruction reconstruct(NDManager scope, ImageBatch batch) {
        NDList result = call(scope, "reconstruct", inputs(scope, shape, batch));
        ImageShape image = shape.image();
        return new Reconstruction(
                image.size(),
                image.size(),
                image.channels(),
                images(result.get(1)),
                images(result.get(2)),
                images(result.get(3)),
                images(result.get(4)),
                result.get(0).toFloatArray()[0]);
    }

    Embeddings embed(NDManager scope, ByteBuffer pixels, int count) {
        NDList found = call(scope, "features", List.of(images(scope, shape, pixels, count)));
        return new Embeddings(rows(found.get(0)), rows(found.get(1)));
    }

    NDList call(NDManager scope, String method, List<NDArray> inputs) {
        boolean gradients = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try {
            return kernels.call(scope, method, inputs, List.of(constants, parameters));
        } finally {
            JniUtils.setGradMode(gradients);
        }
    }

    /** Images (B, H, W, C), and for each the permutation of its patches (B, L). */
    static List<NDArray> inputs(NDManager scope, MaeShape shape, ImageBatch batch) {
        int patches = shape.patches();
        long[] ids = Masking.permutations(batch.maskSeeds(), patches);
        return List.of(
                images(scope, shape, batch.pixels(), batch.size()),
                scope.create(ids, new Shape(batch.size(), patches)));
    }

    /** Images (B, H, W, C), uint8. */
    static NDArray images(NDManager scope, MaeShape shape, ByteBuffer pixels, int count) {
        return scope.create(pixels.slice(), dims(shape, pixels, count), DataType.UINT8);
    }

    /**
     * @throws IllegalArgumentException if the bytes are not as many as the model's images have
     */
    static Shape dims(MaeShape shape, ByteBuffer pixels, int count) {
        ImageShape image = shape.image();
        Shape dims = new Shape(count, image.size(), image.size(), image.channels());
        int bytes = pixels.remaining();
        if (bytes != dims.size()) {
            throw new IllegalArgumentException(
                    "%d bytes are not %s pixels, which the model takes".formatted(bytes, dims));
        }
        return dims;
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

    private static float[][] rows(NDArray array) {
        int rows = (int) array.getShape().get(0);
        int width = (int) array.getShape().get(1);
        float[] all = array.toFloatArray();
        float[][] split = new float[rows][];
        for (int i = 0; i < rows; i++) {
            split[i] = Arrays.copyOfRange(all, i * width, (i + 1) * width);
        }
        return split;
    }
}
