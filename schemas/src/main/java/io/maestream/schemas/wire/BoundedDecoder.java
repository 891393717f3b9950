package io.maestream.schemas.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Avro's binary encoding, read from an array, where no length is believed that exceeds the bytes
 * that are left. Avro's own decoder allocates what a length claims before it reads, so that a
 * corrupt record of 20 bytes could ask for 2 GiB.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">Avro
 *     specification</a>
 */
final class BoundedDecoder extends Decoder {

    private final ByteBuffer in;

    BoundedDecoder(byte[] bytes, int start) {
        in = ByteBuffer.wrap(bytes, start, bytes.length - start).order(ByteOrder.LITTLE_ENDIAN);
    }

    int remaining() {
        return in.remaining();
    }

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() throws IOException {
        return need(1).get() == 1;
    }

    @Override
    public int readInt() throws IOException {
        long value = readLong();
        if (value != (int) value) {
            throw new AvroRuntimeException("not an int: " + value);
        }
        return (int) value;
    }

    @Override
    public long readLong() throws IOException {
        long zigzag = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte b = need(1).get();
            zigzag |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new AvroRuntimeException("a number of more than 10 bytes");
    }

    @Override
    public float readFloat() throws IOException {
        return need(Float.BYTES).getFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return need(Double.BYTES).getDouble();
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        return new Utf8(take(length()));
    }

    @Override
    public String readString() throws IOException {
        return new String(take(length()), StandardCharsets.UTF_8);
    }

    @Override
    public void skipString() throws IOException {
        skipBytes();
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        return ByteBuffer.wrap(take(length()));
    }

    @Override
    public void skipBytes() throws IOException {
        skipFixed(length());
    }

    @Override
    public void readFixed(byte[] bytes, int start, int length) throws IOException {
        need(length).get(bytes, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        need(length).position(in.position() + length);
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        return blockCount();
    }

    @Override
    public long arrayNext() throws IOException {
        return blockCount();
    }

    @Override
    public long skipArray() throws IOException {
        return skipBlocks();
    }

    @Override
    public long readMapStart() throws IOException {
        return blockCount();
    }

    @Override
    public long mapNext() throws IOException {
        return blockCount();
    }

    @Override
    public long skipMap() throws IOException {
        return skipBlocks();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    /** Items in the next block; a negative count is followed by the block's size in bytes. */
    private long blockCount() throws IOException {
        long count = readLong();
        if (count < 0) {
            readLong();
            count = -count;
        }
        return bounded(count, "items");
    }

    /** Skips blocks that give their size; the count of the first one that does not, or 0. */
    private long skipBlocks() throws IOException {
        long count = readLong();
        while (count < 0) {
            skipFixed(length());
            count = readLong();
        }
        return bounded(count, "items");
    }

    private int length() throws IOException {
        return (int) bounded(readLong(), "bytes");
    }

    /** Every item of our records takes at least one byte, so the same bound holds for both. */
    private long bounded(long claimed, String what) {
        if (claimed < 0 || claimed > in.remaining()) {
            throw new AvroRuntimeException(
                    "a length of " + claimed + " " + what + " with " + in.remaining() + " left");
        }
        return claimed;
    }

    private byte[] take(int length) throws IOException {
        byte[] bytes = new byte[length];
        need(length).get(bytes);
        return bytes;
    }

    private ByteBuffer need(int length) throws EOFException {
        if (length > in.remaining()) {
            throw new EOFException(
                    "the value ends " + (length - in.remaining()) + " bytes too early");
        }
        return in;
    }
}
