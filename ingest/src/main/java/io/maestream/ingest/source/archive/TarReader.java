package io.maestream.ingest.source.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A tar file, plain or through gzip. Links and devices in it are passed over. */
final class TarReader implements ArchiveReader {

    private static final int BUFFER = 1 << 16;

    private final CountedStream bytes;
    private final TarArchiveInputStream tar;

    TarReader(Path file, boolean gzip) throws IOException {
        bytes = new CountedStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
        try {
            tar = new TarArchiveInputStream(gzip ? new GZIPInputStream(bytes, BUFFER) : bytes);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    @Override
    public Optional<Entry> next() throws IOException {
        TarArchiveEntry entry = tar.getNextEntry();
        while (entry != null && !(isFile(entry) && tar.canReadEntryData(entry))) {
            entry = tar.getNextEntry();
        }
        return Optional.ofNullable(entry)
                .map(e -> new Entry(e.getName(), e.getLastModifiedTime().toInstant()));
    }

    private static boolean isFile(TarArchiveEntry entry) {
        byte flag = entry.getLinkFlag();
        boolean plain = flag == TarConstants.LF_NORMAL || flag == TarConstants.LF_OLDNORM;
        return plain && !entry.isDirectory();
    }

    @Override
    public InputStream content() {
        return tar;
    }

    @Override
    public long bytesRead() {
        return bytes.count();
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
