package io.maestream.mae;

/** Arithmetic of the matrix products; weights, moments and losses are always float32. */
public enum Precision {
    FP32,
    BF16
}
