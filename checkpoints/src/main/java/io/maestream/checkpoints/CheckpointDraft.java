package io.maestream.checkpoints;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** A checkpoint being written; nobody sees it before it is published. Closing discards the rest. */
public interface CheckpointDraft extends Closeable {

    /**
     * Writes one file, counting and hashing it on the way, and makes it durable.
     *
     * @param role what it is for
     * @param name relative, parts separated by slashes, not {@code manifest.json}
     * @throws CheckpointException if it cannot be written; the draft can then only be closed
     * @throws IllegalStateException if the draft has failed, is published or closed
     */
    FileEntry write(String role, String name, FileContent content) throws IOException;

    /** What was written so far, in this order. */
    List<FileEntry> files();

    /**
     * Writes the manifest last and makes the whole visible at once.
     *
     * @param manifest makes the manifest from the files written
     * @throws CheckpointException if it cannot be published
     * @throws IllegalStateException if the draft has failed, is published or closed
     */
    PublishedCheckpoint publish(Function<List<FileEntry>, Manifest> manifest) throws IOException;
}
