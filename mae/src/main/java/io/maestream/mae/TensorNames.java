package io.maestream.mae;

/** What timm calls the model's arrays, and which of them are the encoder's. */
public final class TensorNames {

    static final String CLS_TOKEN = "cls_token";
    static final String MASK_TOKEN = "mask_token";
    static final String POS_EMBED = "pos_embed";
    static final String DECODER_POS_EMBED = "decoder_pos_embed";

    private TensorNames() {}

    /** True for the arrays that timm's ViT loads strictly: no decoder, no mask token. */
    public static boolean isEncoder(String name) {
        return name.equals(CLS_TOKEN)
                || name.equals(POS_EMBED)
                || name.startsWith("patch_embed.")
                || name.startsWith("blocks.")
                || name.startsWith("norm.");
    }
}
