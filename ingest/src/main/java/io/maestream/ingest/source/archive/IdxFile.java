package io.maestream.ingest.source.archive;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * An array of unsigned bytes as MNIST's files hold it, plain or through gzip: two zero bytes, type
 * 8, the number of dimensions, each dimension as four bytes, the values.
 *
 * @see <a href="https://github.com/cvdfoundation/mnist">MNIST, file format</a>
 */
final class IdxFile implements AutoCloseable {

    private static final int BUFFER = 1 << 16;
    private static final int UNSIGNED_BYTES = 0x0800;

    private final Path file;
    private final CountedStream bytes;
    private final DataInputStream values;
    private final int[] dimensions;

    /**
     * Reads the header.
     *
     * @param dimensions how many the array must have
     * @throws IOException if it is no such file, or has others
     */
    IdxFile(Path file, int dimensions) throws IOException {
        this.file = file;
        this.dimensions = new int[dimensions];
        bytes = new CountedStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
        try {
            boolean gzip = file.toString().endsWith(".gz");
            InputStream plain = gzip ? new GZIPInputStream(bytes, BUFFER) : bytes;
            values = new DataInputStream(new BufferedInputStream(plain, BUFFER));
            readHeader();
        } catch (IOException e) {
            bytes.close();
            throw new IOException(
                    "%s is no idx file of unsigned bytes in %d dimensions: %s"
                            .formatted(file, dimensions, e.getMessage()),
                    e);
        }
    }

    int dimension(int number) {
        return dimensions[number];
    }

    /** Bytes of the file that were read so far. */
    long bytesRead() {
        return bytes.count();
    }

    /**
     * The next values.
     *
     * @throws IOException if the file ends before
     */
    byte[] next(int count) throws IOException {
        byte[] read = values.readNBytes(count);
        if (read.length < count) {
            throw new EOFException(
                    "%s ends early: its header says %d entries".formatted(file, dimensions[0]));
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        values.close();
    }

    private void readHeader() throws IOException {
        int magic = values.readInt();
        if (magic != UNSIGNED_BYTES + dimensions.length) {
            throw new IOException("it begins with 0x%08x".formatted(magic));
        }
        for (int i = 0; i < dimensions.length; i++) {
            dimensions[i] = values.readInt();
            if (dimensions[i] < 1) {
                throw new IOException("dimension %d is %d".formatted(i, dimensions[i]));
            }
        }
    }
}
