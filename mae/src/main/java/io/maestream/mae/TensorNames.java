package io.maestream.mae;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What timm calls the model's arrays, and which of them are the encoder's. */
public final class TensorNames {

    static final String CLS_TOKEN = "cls_token";
    static final String MASK_TOKEN = "mask_token";
    static final String POS_EMBED = "pos_embed";
    static final String DECODER_POS_EMBED = "decoder_pos_embed";

    private TensorNames() {}

    /**
     * Names and shapes of all arrays that a model's snapshot holds, the fixed position tables among
     * them, sorted by name; sizes outermost first.
     */
    public static SortedMap<String, List<Long>> shapes(MaeShape shape) {
        SortedMap<String, List<Long>> shapes = new TreeMap<>();
        for (ParameterSpec spec : ParameterSpec.of(shape)) {
            shapes.put(spec.name(), Arrays.stream(spec.shape()).boxed().toList());
        }
        long tokens = shape.patches() + 1L;
        shapes.put(POS_EMBED, List.of(1L, tokens, (long) shape.encoder().dim()));
        shapes.put(DECODER_POS_EMBED, List.of(1L, tokens, (long) shape.decoder().dim()));
        return shapes;
    }

    /** True for the arrays that timm's ViT loads strictly: no decoder, no mask token. */
    public static boolean isEncoder(String name) {
        return name.equals(CLS_TOKEN)
                || name.equals(POS_EMBED)
                || name.startsWith("patch_embed.")
                || name.startsWith("blocks.")
                || name.startsWith("norm.");
    }
}
