package io.maestream.mae;

import java.nio.ByteBuffer;

/**
 * A float32 array in host memory.
 *
 * @param name timm's
 * @param shape sizes, outermost first
 * @param data elements in C order, little-endian, from position to limit
 */
public record NamedTensor(String name, long[] shape, ByteBuffer data) {}
