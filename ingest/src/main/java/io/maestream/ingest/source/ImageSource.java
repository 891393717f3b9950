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

    /**
     * Told once the brokers have an image of this source, in their order; on another thread than
     * the reader's. A source that remembers across restarts notes it here.
     */
    default void acknowledged(SourceImage image) {}

    /** Ends the source; may be called more than once. */
    @Override
    void close();

    /** Lets go of what {@link #acknowledged} needs; called last, when no more will come. */
    default void release() {}
}
