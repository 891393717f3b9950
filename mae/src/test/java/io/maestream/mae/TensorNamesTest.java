package io.maestream.mae;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cls_token",
                "pos_embed",
                "patch_embed.proj.weight",
                "blocks.11.attn.qkv.bias",
                "norm.weight"
            })
    void shouldCountAsEncoderWhatTimmLoads(String name) {
        assertThat(TensorNames.isEncoder(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mask_token",
                "decoder_pos_embed",
                "decoder_embed.weight",
                "decoder_blocks.0.norm1.weight",
                "decoder_norm.bias",
                "decoder_pred.bias",
                "head.weight"
            })
    void shouldNotCountTheRest(String name) {
        assertThat(TensorNames.isEncoder(name)).isFalse();
    }
}
