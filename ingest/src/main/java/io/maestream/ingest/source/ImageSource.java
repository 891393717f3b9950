package io.maestream.ingest.source;

import java.io.IOException;
import java.util.Optional;

/**
 * Where images come from, one after the other. One thread asks for images; any thread may close the
 * source, which ends a wait inside {@link #next()}.
 */
public interface ImageSource extends AutoCloseable {

    /**
     * The next image, in order of {@link SourceImage#sequence()} within each source id. Waits where
     * the source has a pace. Empty at the end, and once the source is closed.
     *
     * @throws IOException if the source itself fails; a single bad image is no failure
     * @throws InterruptedException if interrupted while it waits
     */
    Optional<SourceImage> next() throws IOException, InterruptedException;

    /** Ends the source; may be called more than once. */
    @Override
    void close();
}
