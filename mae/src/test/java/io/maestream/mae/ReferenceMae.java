package io.maestream.mae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The Masked Autoencoder in plain DJL operations and in the paper's order (arXiv:2111.06377): mask
 * tokens are put back to their places before the decoder, every patch is predicted, the loss is
 * masked. Slow and plain: what the kernels are compared with.
 */
final class ReferenceMae {

    private static final float EPSILON = 1e-6f;

    private final MaeSettings settings;
    private final Map<String, NDArray> weights = new HashMap<>();
    private final NDArray positions;
    private final NDArray decoderPositions;

    /** Shares the weights of a model. */
    ReferenceMae(MaeSettings settings, Weights weights) {
        this.settings = settings;
        List<ParameterSpec> specs = ParameterSpec.of(settings.shape());
        for (int i = 0; i < specs.size(); i++) {
            this.weights.put(specs.get(i).name(), weights.parameters().get(i));
        }
        this.positions = weights.constants().get(2);
        this.decoderPositions = weights.constants().get(3);
    }

    /** The loss, a scalar with a gradient. */
    NDArray loss(NDManager scope, ImageBatch batch) {
        MaeShape shape = settings.shape();
        int kept = shape.visible(settings.objective().maskRatio());
        int patches = shape.patches();
        long[] order = Masking.permutations(batch.maskSeeds(), patches);
        NDArray target = patchify(scope, batch);
        NDArray latent = encode(scope, target, order, kept);
        NDArray decoded = decode(scope, latent, order, kept);
        NDArray prediction = linear(norm(decoded, "decoder_norm"), "decoder_pred").get(":, 1:, :");
        NDArray error = prediction.sub(normalised(target)).square().mean(new int[] {2});
        NDArray mask = mask(scope, order, batch.size(), kept);
        return error.mul(mask).sum().div(mask.sum());
    }

    /** (B, L, p·p·C), normalised by ImageNet's mean and deviation. */
    private NDArray patchify(NDManager scope, ImageBatch batch) {
        ImageShape image = settings.shape().image();
        int patch = image.patch();
        int side = image.size() / patch;
        int channels = image.channels();
        double[] mean = {0.485, 0.456, 0.406};
        double[] deviation = {0.229, 0.224, 0.225};
        int values = patch * patch * channels;
        float[] all = new float[batch.size() * side * side * values];
        for (int b = 0; b < batch.size(); b++) {
            for (int y = 0; y < image.size(); y++) {
                for (int x = 0; x < image.size(); x++) {
                    for (int c = 0; c < channels; c++) {
                        int pixel =
                                batch.pixels()
                                                .get(
                                                        ((b * image.size() + y) * image.size() + x)
                                                                        * channels
                                                                + c)
                                        & 0xFF;
                        int place = (y / patch) * side + x / patch;
                        int within = ((y % patch) * patch + x % patch) * channels + c;
                        double m = channels == 3 ? mean[c] : (mean[0] + mean[1] + mean[2]) / 3;
                        double d =
                                channels == 3
                                        ? deviation[c]
                                        : (deviation[0] + deviation[1] + deviation[2]) / 3;
                        all[(b * side * side + place) * values + within] =
                                (float) ((pixel / 255.0 - m) / d);
                    }
                }
            }
        }
        return scope.create(all, new Shape(batch.size(), side * side, values));
    }

    private NDArray encode(NDManager scope, NDArray patches, long[] order, int kept) {
        long batch = patches.getShape().get(0);
        int dim = settings.shape().encoder().dim();
        NDArray weight = weights.get("patch_embed.proj.weight");
        NDArray flat = weight.transpose(0, 2, 3, 1).reshape(dim, -1);
        NDArray embedded =
                patches.matMul(flat.transpose()).add(weights.get("patch_embed.proj.bias"));
        embedded = embedded.add(positions.get("1:").expandDims(0));
        NDArray visible = gather(scope, embedded, order, 0, kept);
        NDArray cls = weights.get("cls_token").add(positions.get("0:1").expandDims(0));
        NDArray x = NDArrays.concat(new NDList(cls.repeat(0, batch), visible), 1);
        for (int i = 0; i < settings.shape().encoder().depth(); i++) {
            x = block(x, "blocks." + i + ".", settings.shape().encoder().heads());
        }
        return norm(x, "norm");
    }

    private NDArray decode(NDManager scope, NDArray latent, long[] order, int kept) {
        int patches = settings.shape().patches();
        long batch = latent.getShape().get(0);
        NDArray y = linear(latent, "decoder_embed");
        NDArray hidden = weights.get("mask_token").repeat(0, batch).repeat(1, patches - kept);
        NDArray shuffled = NDArrays.concat(new NDList(y.get(":, 1:, :"), hidden), 1);
        long[] restore = new long[order.length];
        for (int b = 0; b < batch; b++) {
            for (int i = 0; i < patches; i++) {
                restore[b * patches + (int) order[b * patches + i]] = i;
            }
        }
        NDArray placed = gather(scope, shuffled, restore, 0, patches);
        NDArray z = NDArrays.concat(new NDList(y.get(":, 0:1, :"), placed), 1);
        z = z.add(decoderPositions.expandDims(0));
        for (int i = 0; i < settings.shape().decoder().depth(); i++) {
            z = block(z, "decoder_blocks." + i + ".", settings.shape().decoder().heads());
        }
        return z;
    }

    private NDArray block(NDArray x, String name, int heads) {
        NDArray attended = x.add(attention(norm(x, name + "norm1"), name + "attn.", heads));
        NDArray hidden = Activation.gelu(linear(norm(attended, name + "norm2"), name + "mlp.fc1"));
        return attended.add(linear(hidden, name + "mlp.fc2"));
    }

    private NDArray attention(NDArray x, String name, int heads) {
        long batch = x.getShape().get(0);
        long tokens = x.getShape().get(1);
        long dim = x.getShape().get(2);
        NDArray qkv =
                linear(x, name + "qkv")
                        .reshape(batch, tokens, 3, heads, dim / heads)
                        .transpose(2, 0, 3, 1, 4);
        NDArray scores =
                qkv.get(0)
                        .matMul(qkv.get(1).transpose(0, 1, 3, 2))
                        .div(number(x, Math.sqrt(dim / heads)));
        NDArray mixed = scores.softmax(-1).matMul(qkv.get(2));
        return linear(mixed.transpose(0, 2, 1, 3).reshape(batch, tokens, dim), name + "proj");
    }

    private NDArray norm(NDArray x, String name) {
        NDArray mean = x.mean(new int[] {-1}, true);
        NDArray centred = x.sub(mean);
        NDArray variance = centred.square().mean(new int[] {-1}, true);
        return centred.div(variance.add(EPSILON).sqrt())
                .mul(weights.get(name + ".weight"))
                .add(weights.get(name + ".bias"));
    }

    /**
     * A number that lives until the scope closes. DJL's {@code mul(Number)}, {@code div(Number)}
     * and {@code pow(Number)} free theirs at once, although backward has yet to read it.
     */
    private static NDArray number(NDArray scope, double value) {
        return scope.getManager().create((float) value);
    }

    private NDArray linear(NDArray x, String name) {
        return x.matMul(weights.get(name + ".weight").transpose()).add(weights.get(name + ".bias"));
    }

    /** By the paper: the unbiased variance. */
    private NDArray normalised(NDArray patches) {
        if (!settings.objective().normPix()) {
            return patches;
        }
        long values = patches.getShape().get(2);
        NDArray centred = patches.sub(patches.mean(new int[] {-1}, true));
        NDArray variance =
                centred.square().sum(new int[] {-1}, true).div(number(patches, values - 1));
        return centred.div(variance.add(EPSILON).sqrt());
    }

    private static NDArray mask(NDManager scope, long[] order, int batch, int kept) {
        int patches = order.length / batch;
        float[] mask = new float[order.length];
        for (int b = 0; b < batch; b++) {
            for (int i = kept; i < patches; i++) {
                mask[b * patches + (int) order[b * patches + i]] = 1;
            }
        }
        return scope.create(mask, new Shape(batch, patches));
    }

    private static NDArray gather(NDManager scope, NDArray x, long[] order, int from, int until) {
        int batch = (int) x.getShape().get(0);
        int patches = order.length / batch;
        long width = x.getShape().get(2);
        long[] picked = new long[batch * (until - from)];
        for (int b = 0; b < batch; b++) {
            System.arraycopy(order, b * patches + from, picked, b * (until - from), until - from);
        }
        NDArray index =
                scope.create(picked, new Shape(batch, until - from))
                        .toType(DataType.INT64, false)
                        .expandDims(2)
                        .repeat(2, width);
        return x.gather(index, 1);
    }
}
