package io.maestream.mae;

/**
 * All that decides the loss of one image, in float32: enough to compute it again elsewhere.
 *
 * @param patches (1, L, p·p·C) the image's patches, normalised by {@link PixelStatistics}, values
 *     in the order row, column, channel
 * @param visible (1, keep) the visible patches, in the order in which the encoder saw them
 * @param restore (1, L) where each patch lies in the shuffled order
 * @param mask (1, L) 1 where hidden
 * @param prediction (1, L, p·p·C) of all patches
 * @param loss mean over the hidden patches of the mean squared error; the target is normalised by
 *     its own mean and variance if the model's objective says so
 */
public record MaskedPrediction(
        float[] patches,
        long[] visible,
        long[] restore,
        float[] mask,
        float[] prediction,
        float loss) {}
