package io.maestream.follower.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A matrix (N, D) of features in host memory, as float32 or, for pixels, as uint8. It becomes
 * arrays of the engine a few rows at a time, so that its size in the engine is bounded.
 *
 * @param data N·D values, row after row, in a direct buffer from position to limit
 * @param count N
 * @param width D
 * @param type FLOAT32 or UINT8
 */
public record Rows(ByteBuffer data, int count, int width, DataType type) {

    private static final long CHUNK_BYTES = 64L << 20;
    private static final int MOST_ROWS = 4096;

    public Rows {
        if (count < 1 || width < 1 || !data.isDirect()) {
            throw new IllegalArgumentException(
                    "features need at least 1 row and 1 column in a direct buffer, not %d and %d"
                            .formatted(count, width));
        }
        if (data.remaining() != (long) count * width * type.getNumOfBytes()) {
            throw new IllegalArgumentException(
                    "%d bytes are not %d x %d of %s"
                            .formatted(data.remaining(), count, width, type));
        }
    }

    /** Features of the same width each. */
    public static Rows of(float[][] rows) {
        FloatRows filled = new FloatRows(rows.length, rows[0].length);
        for (float[] row : rows) {
            filled.add(row);
        }
        return filled.rows();
    }

    /** How many rows are worth taking at once. */
    int chunk() {
        long fitting = CHUNK_BYTES / ((long) width * Float.BYTES);
        return (int) Math.max(1, Math.min(MOST_ROWS, Math.min(fitting, count)));
    }

    /** Rows as float32 (to − from, D), in memory that the engine has aligned. */
    NDArray range(NDManager scope, int from, int to) {
        int bytes = rowBytes();
        int start = data.position() + from * bytes;
        return array(scope, data.slice(start, (to - from) * bytes), to - from);
    }

    /** The rows of these numbers as float32 (n, D). */
    NDArray pick(NDManager scope, int[] picked) {
        int bytes = rowBytes();
        ByteBuffer gathered = ByteBuffer.allocateDirect(picked.length * bytes);
        for (int i = 0; i < picked.length; i++) {
            gathered.put(i * bytes, data, data.position() + picked[i] * bytes, bytes);
        }
        return array(scope, gathered, picked.length);
    }

    private NDArray array(NDManager scope, ByteBuffer values, int rows) {
        NDArray lent =
                scope.create(values.order(ByteOrder.nativeOrder()), new Shape(rows, width), type);
        return type == DataType.FLOAT32 ? lent.duplicate() : lent.toType(DataType.FLOAT32, true);
    }

    private int rowBytes() {
        return width * type.getNumOfBytes();
    }
}
