package io.maestream.mae;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.GradientCollector;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * The Masked Autoencoder as the paper writes it (arXiv:2111.06377), in plain DJL operations and
 * float32: patches by a convolution, tokens unshuffled to image order before the decoder, all
 * patches predicted, a mask over the loss. Slow; what the kernels must agree with.
 */
final class ReferenceMae implements AutoCloseable {

    private static final double[] MEAN = {0.485, 0.456, 0.406};
    private static final double[] DEVIATION = {0.229, 0.224, 0.225};
    private static final double NORM_EPSILON = 1e-6;

    private final MaeSettings settings;
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Map<String, NDArray> weights = new HashMap<>();

    /**
     * @param loss mean over hidden patches
     * @param gradients of each weight, by name
     */
    record Gradients(float loss, Map<String, float[]> gradients) {}

    ReferenceMae(MaeSettings settings, TrainState state) {
        this.settings = settings;
        for (NamedTensor tensor : state.parameters()) {
            float[] values = new float[tensor.data().remaining() / Float.BYTES];
            tensor.data().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
            NDArray weight = manager.create(values, new Shape(tensor.shape()));
            weight.setRequiresGradient(!tensor.name().endsWith("pos_embed"));
            weights.put(tensor.name(), weight);
        }
    }

    Gradients gradients(ImageBatch batch) {
        try (NDManager scope = manager.newSubManager()) {
            float loss;
            // DJL allows one collector at a time; each test class runs alone in its JVM's thread.
            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                NDArray mean = loss(scope, batch);
                collector.backward(mean);
                loss = mean.toFloatArray()[0];
            }
            Map<String, float[]> gradients = new HashMap<>();
            weights.forEach(
                    (name, weight) -> {
                        if (weight.hasGradient()) {
                            NDArray gradient = weight.getGradient();
                            gradient.attach(scope);
                            gradients.put(name, gradient.toFloatArray());
                        }
                    });
            return new Gradients(loss, gradients);
        }
    }

    /** Predictions of all patches as pixel values in 0..255, not rounded: (B, L, p·p·C). */
    float[] pixels(ImageBatch batch) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray images = images(scope, batch);
            NDArray prediction = predict(scope, images, batch);
            if (settings.objective().normPix()) {
                NDArray patches = patchify(images);
                NDArray deviation = variance(patches).add(NORM_EPSILON).sqrt();
                prediction = prediction.mul(deviation).add(patches.mean(new int[] {-1}, true));
            }
            long[] shape = prediction.getShape().getShape();
            int channels = settings.shape().image().channels();
            NDArray colours = prediction.reshape(-1, channels);
            return colours.mul(scope.create(floats(deviations(channels))))
                    .add(scope.create(floats(means(channels))))
                    .mul(255)
                    .reshape(shape)
                    .toFloatArray();
        }
    }

    @Override
    public void close() {
        manager.close();
    }

    private NDArray loss(NDManager scope, ImageBatch batch) {
        NDArray images = images(scope, batch);
        NDArray prediction = predict(scope, images, batch);
        NDArray target = patchify(images);
        if (settings.objective().normPix()) {
            NDArray centred = target.sub(target.mean(new int[] {-1}, true));
            target = centred.div(variance(target).add(NORM_EPSILON).sqrt());
        }
        NDArray error = prediction.sub(target).square().mean(new int[] {-1});
        NDArray mask = mask(scope, batch);
        return error.mul(mask).sum().div(mask.sum());
    }

    /** (B, L), 1 where a patch is hidden. */
    private NDArray mask(NDManager scope, ImageBatch batch) {
        int visible = settings.shape().visible(settings.objective().maskRatio());
        return order(scope, batch).argSort(1).gte(visible).toType(DataType.FLOAT32, false);
    }

    /** (B, C, H, W), normalised per channel. */
    private NDArray images(NDManager scope, ImageBatch batch) {
        ImageShape image = settings.shape().image();
        Shape shape = new Shape(batch.size(), image.size(), image.size(), image.channels());
        NDArray pixels =
                scope.create(batch.pixels().slice(), shape, DataType.UINT8)
                        .toType(DataType.FLOAT32, false)
                        .div(255);
        return pixels.sub(scope.create(floats(means(image.channels()))))
                .div(scope.create(floats(deviations(image.channels()))))
                .transpose(0, 3, 1, 2);
    }

    /** (B, C, H, W) to (B, L, p·p·C). */
    private NDArray patchify(NDArray images) {
        ImageShape image = settings.shape().image();
        long size = images.getShape().get(0);
        long patch = image.patch();
        long side = image.size() / patch;
        return images.reshape(size, image.channels(), side, patch, side, patch)
                .transpose(0, 2, 4, 3, 5, 1)
                .reshape(size, side * side, settings.shape().patchValues());
    }

    /** (B, L, p·p·C) in image order. */
    private NDArray predict(NDManager scope, NDArray images, ImageBatch batch) {
        NDArray order = order(scope, batch);
        NDArray x = unshuffle(encode(images, order), order);
        x = x.add(weights.get("decoder_pos_embed"));
        TowerShape tower = settings.shape().decoder();
        for (int i = 0; i < tower.depth(); i++) {
            x = block(x, "decoder_blocks." + i + ".", tower.heads());
        }
        x = linear(norm(x, "decoder_norm"), "decoder_pred");
        return x.get(":, 1:");
    }

    private NDArray encode(NDArray images, NDArray order) {
        TowerShape tower = settings.shape().encoder();
        long size = images.getShape().get(0);
        int patch = settings.shape().image().patch();
        NDArray x =
                Conv2d.conv2d(
                                images,
                                weights.get("patch_embed.proj.weight"),
                                weights.get("patch_embed.proj.bias"),
                                new Shape(patch, patch))
                        .get(0)
                        .reshape(size, tower.dim(), settings.shape().patches())
                        .transpose(0, 2, 1);
        NDArray positions = weights.get("pos_embed");
        int visible = settings.shape().visible(settings.objective().maskRatio());
        x = gather(x.add(positions.get(":, 1:")), order.get(":, :" + visible));
        NDArray cls = weights.get("cls_token").add(positions.get(":, :1"));
        x = NDArrays.concat(new NDList(cls.broadcast(new Shape(size, 1, tower.dim())), x), 1);
        for (int i = 0; i < tower.depth(); i++) {
            x = block(x, "blocks." + i + ".", tower.heads());
        }
        return norm(x, "norm");
    }

    /** Decoder tokens in image order, the hidden ones all the mask token, after cls. */
    private NDArray unshuffle(NDArray latent, NDArray order) {
        NDArray x = linear(latent, "decoder_embed");
        long size = x.getShape().get(0);
        long hidden = settings.shape().patches() + 1 - x.getShape().get(1);
        long width = x.getShape().get(2);
        NDArray token = weights.get("mask_token").broadcast(new Shape(size, hidden, width));
        NDArray shuffled = NDArrays.concat(new NDList(x.get(":, 1:"), token), 1);
        return NDArrays.concat(new NDList(x.get(":, :1"), gather(shuffled, order.argSort(1))), 1);
    }

    private NDArray block(NDArray x, String name, int heads) {
        NDArray y = x.add(attention(norm(x, name + "norm1"), name + "attn.", heads));
        NDArray wide = Activation.gelu(linear(norm(y, name + "norm2"), name + "mlp.fc1"));
        return y.add(linear(wide, name + "mlp.fc2"));
    }

    private NDArray attention(NDArray x, String name, int heads) {
        long size = x.getShape().get(0);
        long tokens = x.getShape().get(1);
        long dim = x.getShape().get(2);
        NDArray qkv =
                linear(x, name + "qkv")
                        .reshape(size, tokens, 3, heads, dim / heads)
                        .transpose(2, 0, 3, 1, 4);
        NDArray scores = qkv.get(0).matMul(qkv.get(1).transpose(0, 1, 3, 2));
        NDArray shares = scores.div(number(scores, Math.sqrt((double) dim / heads))).softmax(-1);
        NDArray mixed = shares.matMul(qkv.get(2)).transpose(0, 2, 1, 3);
        return linear(mixed.reshape(size, tokens, dim), name + "proj");
    }

    private NDArray norm(NDArray x, String name) {
        NDArray centred = x.sub(x.mean(new int[] {-1}, true));
        NDArray variance = centred.square().mean(new int[] {-1}, true);
        return centred.div(variance.add(NORM_EPSILON).sqrt())
                .mul(weights.get(name + ".weight"))
                .add(weights.get(name + ".bias"));
    }

    private NDArray linear(NDArray x, String name) {
        return x.matMul(weights.get(name + ".weight").transpose()).add(weights.get(name + ".bias"));
    }

    /** Unbiased, over the last axis. */
    private static NDArray variance(NDArray x) {
        NDArray centred = x.sub(x.mean(new int[] {-1}, true));
        return centred.square().sum(new int[] {-1}, true).div(number(x, x.getShape().get(2) - 1));
    }

    private static NDArray gather(NDArray x, NDArray ids) {
        Shape shape = new Shape(ids.getShape().get(0), ids.getShape().get(1), x.getShape().get(2));
        return x.gather(ids.expandDims(2).broadcast(shape), 1);
    }

    private NDArray order(NDManager scope, ImageBatch batch) {
        int patches = settings.shape().patches();
        NDList orders = new NDList();
        for (long seed : batch.maskSeeds()) {
            orders.add(scope.create(Masking.permutation(seed, patches)));
        }
        return NDArrays.stack(orders);
    }

    private static double[] means(int channels) {
        return channels == 3 ? MEAN : new double[] {(0.485 + 0.456 + 0.406) / 3};
    }

    private static double[] deviations(int channels) {
        return channels == 3 ? DEVIATION : new double[] {(0.229 + 0.224 + 0.225) / 3};
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /**
     * A number that lives until its scope closes. DJL's {@code mul(Number)}, {@code div(Number)}
     * and {@code pow(Number)} free theirs at once, although backward has yet to read it.
     */
    private static NDArray number(NDArray scope, double value) {
        return scope.getManager().create((float) value);
    }
}
