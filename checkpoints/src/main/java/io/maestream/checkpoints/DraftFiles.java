package io.maestream.checkpoints;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;

/** Where a draft's files go until they are a checkpoint. Closing discards what is not published. */
interface DraftFiles extends Closeable {

    /** Where the checkpoint lies once it is published. */
    URI location();

    /** Writes a file; it is durable when this returns. */
    void write(String name, FileContent content) throws IOException;

    /**
     * Writes the manifest, durable and last, and makes the whole visible at once.
     *
     * @param observer told of {@link PublishPoint#BEFORE_RENAME}
     * @throws CheckpointException if somebody else has published under this id meanwhile
     */
    void publish(FileContent manifest, PublishObserver observer) throws IOException;
}
