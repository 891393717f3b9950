package io.maestream.checkpoints.safetensors;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file open for reading. The header is checked whole before any array is read, and
 * its length before it is read; an array's memory is only taken when its length is known to lie in
 * the file.
 */
public final class SafetensorsFile implements Closeable {

    static final long MAX_HEADER_BYTES = 100_000_000;

    private static final int PIECE_BYTES = 1 << 20;

    private final Path path;
    private final FileChannel channel;
    private final SafetensorsHeader header;
    private final long dataBegin;

    private SafetensorsFile(
            Path path, FileChannel channel, SafetensorsHeader header, long dataBegin) {
        this.path = path;
        this.channel = channel;
        this.header = header;
        this.dataBegin = dataBegin;
    }

    /**
     * Opens and checks a file.
     *
     * @throws SafetensorsException if it breaks the format; the message names file and place
     */
    public static SafetensorsFile open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            long headerSize = headerSize(channel);
            long dataBegin = Long.BYTES + headerSize;
            ByteBuffer json = read(channel, Long.BYTES, (int) headerSize);
            SafetensorsHeader header =
                    SafetensorsHeader.parse(json.array(), channel.size() - dataBegin);
            return new SafetensorsFile(path, channel, header, dataBegin);
        } catch (SafetensorsException e) {
            channel.close();
            throw new SafetensorsException(path + ": " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Text about the file. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /** Names of its arrays, sorted. */
    public Set<String> names() {
        return header.tensors().keySet();
    }

    /**
     * Reads one array.
     *
     * @throws SafetensorsException if there is none of this name, or it has more than 2 GiB
     */
    public Tensor tensor(String name) throws IOException {
        SafetensorsHeader.Entry entry = header.tensors().get(name);
        if (entry == null) {
            throw new SafetensorsException(path + " has no tensor " + name);
        }
        long size = entry.end() - entry.begin();
        if (size > Integer.MAX_VALUE - Long.BYTES) {
            throw new SafetensorsException(
                    "%s: tensor %s has %d bytes, this reader takes 2 GiB at a time"
                            .formatted(path, name, size));
        }
        ByteBuffer data = read(channel, dataBegin + entry.begin(), (int) size);
        return new Tensor(name, entry.dtype(), entry.shape(), data);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static long headerSize(FileChannel channel) throws IOException {
        if (channel.size() < Long.BYTES) {
            throw new SafetensorsException("the file has fewer than 8 bytes");
        }
        long size = read(channel, 0, Long.BYTES).getLong();
        if (size < 0 || size > MAX_HEADER_BYTES) {
            throw new SafetensorsException(
                    "a header of %s bytes is announced, the limit is %d"
                            .formatted(Long.toUnsignedString(size), MAX_HEADER_BYTES));
        }
        if (size > channel.size() - Long.BYTES) {
            throw new SafetensorsException(
                    "a header of %d bytes is announced, the file has %d"
                            .formatted(size, channel.size()));
        }
        return size;
    }

    private static ByteBuffer read(FileChannel channel, long position, int size)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.position() < size) {
            // In pieces: the JDK takes native memory for the whole of what a call asks for.
            buffer.limit(buffer.position() + Math.min(size - buffer.position(), PIECE_BYTES));
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new SafetensorsException("the file ends too early");
            }
        }
        return buffer.flip();
    }
}
