package io.maestream.mae;

import java.util.List;

/**
 * What the model makes of a batch, as uint8 images (H, W, C). With a normalised target, each
 * predicted patch is brought back by the mean and deviation of the true one.
 *
 * @param height H
 * @param width W
 * @param channels C
 * @param originals the images
 * @param masked the images with their hidden patches grey
 * @param reconstructions predictions of all patches
 * @param pasted predictions of the hidden patches, between the visible ones
 * @param loss mean over hidden patches
 */
public record Reconstruction(
        int height,
        int width,
        int channels,
        List<byte[]> originals,
        List<byte[]> masked,
        List<byte[]> reconstructions,
        List<byte[]> pasted,
        float loss) {}
