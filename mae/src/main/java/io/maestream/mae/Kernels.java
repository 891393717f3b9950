package io.maestream.mae;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The model's maths in TorchScript (kernels.py in the resources), loaded into libtorch. What DJL's
 * operations lack (bf16, fused AdamW, norms of lists, gradients without buffers) is called this
 * way.
 */
final class Kernels implements AutoCloseable {

    private static final String SOURCE = "kernels.py";

    private final PtSymbolBlock block;

    private Kernels(PtSymbolBlock block) {
        this.block = block;
    }

    /**
     * Loads the kernels for a model.
     *
     * @throws ai.djl.engine.EngineException if libtorch does not take the source; names the line
     */
    static Kernels load(NDManager manager, MaeSettings settings, Device device) {
        return load(manager, attributes(settings, device));
    }

    /** The same, with an encoder that sees mask tokens too; see {@link TrainStep}. */
    static Kernels loadWithMaskTokensInEncoder(
            NDManager manager, MaeSettings settings, Device device) {
        Map<String, Object> attributes = attributes(settings, device);
        attributes.put("mask_tokens_in_encoder", true);
        return load(manager, attributes);
    }

    private static Kernels load(NDManager manager, Map<String, Object> attributes) {
        byte[] archive = TorchScriptArchive.pack(source(), "Kernels", attributes);
        try {
            PtSymbolBlock block =
                    JniUtils.loadModule(
                            (PtNDManager) manager, new ByteArrayInputStream(archive), false, false);
            // The optimising executor compiles at the first calls and gains nothing here; the
            // switch exists only once the engine is loaded, and is the thread's own.
            JniUtils.setGraphExecutorOptimize(false);
            return new Kernels(block);
        } catch (IOException e) {
            throw new UncheckedIOException("the kernels could not be handed to libtorch", e);
        }
    }

    /**
     * Calls a method.
     *
     * @param scope owns the result
     * @param arrays the method's first arguments
     * @param lists its further arguments, each a list; an array must not be in two of them
     */
    NDList call(NDManager scope, String method, List<NDArray> arrays, List<List<NDArray>> lists) {
        NDArray marker = scope.create(0f);
        marker.setName("module_method:" + method);
        NDList inputs = new NDList(marker);
        for (NDArray array : arrays) {
            // An array that was in a list before would become one again by its name.
            array.setName(null);
            inputs.add(array);
        }
        addLists(inputs, lists);
        JniUtils.setGraphExecutorOptimize(false);
        return IValueUtils.forward(block, inputs, true);
    }

    @Override
    public void close() {
        block.close();
    }

    /** DJL makes one list argument of all arrays with the same name that ends in []. */
    private static void addLists(NDList inputs, List<List<NDArray>> lists) {
        for (int i = 0; i < lists.size(); i++) {
            for (NDArray array : lists.get(i)) {
                array.setName("list" + i + "[]");
                inputs.add(array);
            }
        }
    }

    private static Map<String, Object> attributes(MaeSettings settings, Device device) {
        MaeShape shape = settings.shape();
        AdamWSettings optimizer = settings.optimizer();
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("training", true);
        attributes.put("patch", shape.image().patch());
        attributes.put("keep", shape.visible(settings.objective().maskRatio()));
        attributes.put("depth", shape.encoder().depth());
        attributes.put("heads", shape.encoder().heads());
        attributes.put("decoder_depth", shape.decoder().depth());
        attributes.put("decoder_heads", shape.decoder().heads());
        attributes.put("norm_pix", settings.objective().normPix());
        attributes.put("bf16", settings.precision() == Precision.BF16);
        // On CPUs its backward is slow at these lengths; see docs/benchmarks.md.
        attributes.put("fused_attention", device.isGpu());
        attributes.put("mask_tokens_in_encoder", false);
        attributes.put("beta1", optimizer.beta1());
        attributes.put("beta2", optimizer.beta2());
        attributes.put("epsilon", optimizer.epsilon());
        attributes.put("weight_decay", optimizer.weightDecay());
        attributes.put("clip_norm", optimizer.clipNorm());
        return attributes;
    }

    private static String source() {
        try (InputStream source = Kernels.class.getResourceAsStream(SOURCE)) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(SOURCE + " is not in the jar", e);
        }
    }
}
