package io.maestream.mae;

/**
 * What the encoder makes of images, nothing hidden, after its last norm.
 *
 * @param cls (B, D) the class token
 * @param mean (B, D) the mean over patches
 */
public record Embeddings(float[][] cls, float[][] mean) {}
