package io.maestream.checkpoints.safetensors;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A named array.
 *
 * @param name unique in its file
 * @param dtype of its elements
 * @param shape sizes, outermost first; empty for a scalar
 * @param data its elements in C order, little-endian, from position to limit
 */
public record Tensor(String name, DType dtype, List<Long> shape, ByteBuffer data) {

    public Tensor {
        shape = List.copyOf(shape);
        long expected = byteSize(dtype, shape);
        if (expected != data.remaining()) {
            throw new IllegalArgumentException(
                    "tensor %s of shape %s and type %s needs %d bytes, got %d"
                            .formatted(name, shape, dtype, expected, data.remaining()));
        }
    }

    /**
     * Bytes that elements of this shape take.
     *
     * @throws IllegalArgumentException for a negative size, or more than 2^63 bytes
     */
    static long byteSize(DType dtype, List<Long> shape) {
        long bytes = dtype.bytes();
        try {
            for (long size : shape) {
                if (size < 0) {
                    throw new IllegalArgumentException("shape " + shape + " has a negative size");
                }
                bytes = Math.multiplyExact(bytes, size);
            }
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("shape " + shape + " is larger than 2^63 bytes", e);
        }
        return bytes;
    }
}
