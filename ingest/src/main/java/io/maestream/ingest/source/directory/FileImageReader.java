package io.maestream.ingest.source.directory;

import io.maestream.ingest.source.SourceImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * One file to one image. A file that cannot be read is still an image, without bytes, to be
 * rejected with a reason later; one over the limit comes without bytes and with its size.
 */
final class FileImageReader {

    private final String sourceId;
    private final int maxImageBytes;

    FileImageReader(String sourceId, int maxImageBytes) {
        this.sourceId = sourceId;
        this.maxImageBytes = maxImageBytes;
    }

    SourceImage read(Path file, String imageId, long sequence) {
        long size = 0;
        byte[] bytes = new byte[0];
        Instant capturedAt = Instant.EPOCH;
        try {
            capturedAt = Files.getLastModifiedTime(file).toInstant();
            size = Files.size(file);
            if (size <= maxImageBytes) {
                bytes = bytes(file);
                size = bytes.length;
            }
        } catch (IOException e) {
            // The file went away or may not be read: it goes on without bytes, to be rejected.
            size = 0;
        }
        return new SourceImage(
                sourceId, imageId, sequence, capturedAt, bytes, size, file.toString());
    }

    /** One byte over the limit at most, should the file grow meanwhile. */
    private byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(maxImageBytes + 1);
        }
    }
}
