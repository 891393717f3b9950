package io.maestream.ingest.source.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A zip file, read from its beginning to its end; what its headers say of sizes is not believed.
 */
final class ZipReader implements ArchiveReader {

    private final CountedStream bytes;
    private final ZipInputStream zip;

    ZipReader(Path file) throws IOException {
        bytes = new CountedStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
        zip = new ZipInputStream(bytes);
    }

    @Override
    public Optional<Entry> next() throws IOException {
        ZipEntry entry = zip.getNextEntry();
        while (entry != null && entry.isDirectory()) {
            entry = zip.getNextEntry();
        }
        return Optional.ofNullable(entry).map(e -> new Entry(e.getName(), modified(e)));
    }

    @Override
    public InputStream content() {
        return zip;
    }

    @Override
    public long bytesRead() {
        return bytes.count();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private static Instant modified(ZipEntry entry) {
        FileTime time = entry.getLastModifiedTime();
        return time == null ? Instant.EPOCH : time.toInstant();
    }
}
