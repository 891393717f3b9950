package io.maestream.mae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Forward and backward of a batch, share by share. */
final class BatchGradients {

    private final MaeShape shape;
    private final Kernels kernels;
    private final Weights weights;
    private final BatchSplit split;
    private final Lanes lanes;

    BatchGradients(
            MaeShape shape, Kernels kernels, Weights weights, BatchSplit split, Lanes lanes) {
        this.shape = shape;
        this.kernels = kernels;
        this.weights = weights;
        this.split = split;
        this.lanes = lanes;
    }

    /**
     * For each share of the batch its images' losses (b), then its part of the gradient of every
     * weight; the gradient of the batch's mean loss is their sum.
     *
     * @param scope owns the result
     * @throws IllegalArgumentException if the images are not of the model's size
     */
    List<NDList> of(NDManager scope, ImageBatch batch) {
        // Before the work is split: the error should name the whole batch.
        dims(batch);
        List<Supplier<NDList>> work = new ArrayList<>();
        for (List<BatchPart> parts : split.of(batch.size())) {
            NDManager lane = scope.newSubManager();
            work.add(() -> ofShare(lane, batch, parts));
        }
        return lanes.run(work);
    }

    private NDList ofShare(NDManager lane, ImageBatch batch, List<BatchPart> parts) {
        NDList sum = ofPart(lane, batch, parts.get(0));
        for (BatchPart part : parts.subList(1, parts.size())) {
            try (NDManager scope = lane.newSubManager()) {
                NDList more = ofPart(scope, batch, part);
                kernels.call(
                        scope, "accumulate", List.of(), List.of(gradients(sum), gradients(more)));
                NDArray losses = sum.get(0).concat(more.get(0));
                losses.attach(lane);
                sum.set(0, losses);
            }
        }
        return sum;
    }

    private NDList ofPart(NDManager owner, ImageBatch batch, BatchPart part) {
        boolean gradients = JniUtils.isGradMode();
        JniUtils.setGradMode(true);
        try (NDManager scope = owner.newSubManager()) {
            List<NDArray> arrays = new ArrayList<>(inputs(scope, part.of(batch)));
            arrays.add(scope.create((long) batch.size()));
            return kernels.call(
                    owner, "gradients", arrays, List.of(weights.constants(), weights.parameters()));
        } finally {
            JniUtils.setGradMode(gradients);
        }
    }

    /** Pixels (B, H, W, C) and the patches' shuffled order (B, L). */
    List<NDArray> inputs(NDManager scope, ImageBatch batch) {
        Shape dims = dims(batch);
        ByteBuffer pixels = batch.pixels().slice();
        long[] ids = Masking.permutations(batch.maskSeeds(), shape.patches());
        return List.of(
                scope.create(pixels, dims, DataType.UINT8),
                scope.create(ids, new Shape(batch.size(), shape.patches())));
    }

    private Shape dims(ImageBatch batch) {
        ImageShape image = shape.image();
        Shape dims = new Shape(batch.size(), image.size(), image.size(), image.channels());
        int bytes = batch.pixels().remaining();
        if (bytes != dims.size()) {
            throw new IllegalArgumentException(
                    "%d bytes are not %s pixels, which the model takes".formatted(bytes, dims));
        }
        return dims;
    }

    /** What follows the losses. */
    static NDList gradients(NDList found) {
        return found.subNDList(1);
    }
}
