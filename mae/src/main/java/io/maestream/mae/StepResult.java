package io.maestream.mae;

/**
 * What a step found.
 *
 * @param loss mean over masked patches and images
 * @param gradientNorm global L2 norm before clipping
 * @param imageLosses loss of each image
 * @param applied false when loss or norm was not finite: weights and moments stayed as they were
 */
public record StepResult(float loss, float gradientNorm, float[] imageLosses, boolean applied) {}
