package io.maestream.checkpoints;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The shape and objective of the model in a checkpoint: what a loader must know besides tensors.
 *
 * @param imageSize height and width, pixels
 * @param patchSize height and width, pixels
 * @param channels 1 or 3
 * @param encoderDim width of the encoder
 * @param encoderDepth blocks of the encoder
 * @param encoderHeads attention heads of the encoder
 * @param decoderDim width of the decoder
 * @param decoderDepth blocks of the decoder
 * @param decoderHeads attention heads of the decoder
 * @param maskRatio share of patches hidden in training
 * @param normPix whether target patches were normalised
 */
public record ModelDescription(
        int imageSize,
        int patchSize,
        int channels,
        int encoderDim,
        int encoderDepth,
        int encoderHeads,
        int decoderDim,
        int decoderDepth,
        int decoderHeads,
        double maskRatio,
        boolean normPix) {

    /** The encoder's heads once more, under the name that short readers look for. */
    @JsonProperty
    public int heads() {
        return encoderHeads;
    }
}
