package io.maestream.ingest.source.archive;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/** The entries of an archive, one after the other, in their order. */
interface ArchiveReader extends AutoCloseable {

    /**
     * A file in the archive.
     *
     * @param name as the archive has it: not to be trusted, and no path
     * @param modified when it was last modified
     */
    record Entry(String name, Instant modified) {}

    /** The next file; empty at the end. */
    Optional<Entry> next() throws IOException;

    /** The content of the last entry. */
    InputStream content();

    /** Bytes of the archive that were read so far. */
    long bytesRead();

    @Override
    void close() throws IOException;
}
