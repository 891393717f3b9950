package io.maestream.follower.score;

import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Collects features of float32 row by row. */
final class FloatRows {

    private final ByteBuffer data;
    private final int count;
    private final int width;

    /**
     * @throws IllegalArgumentException if they are more than one buffer holds
     */
    FloatRows(int count, int width) {
        long bytes = (long) count * width * Float.BYTES;
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "%d embeddings of %d numbers take %d MiB, the limit is 2047: take fewer images"
                            .formatted(count, width, bytes >> 20));
        }
        this.count = count;
        this.width = width;
        this.data = ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder());
    }

    void add(float[] row) {
        data.asFloatBuffer().put(row);
        data.position(data.position() + width * Float.BYTES);
    }

    /** All of them, once as many were added as were announced. */
    Rows rows() {
        return new Rows(data.duplicate().flip(), count, width, DataType.FLOAT32);
    }
}
