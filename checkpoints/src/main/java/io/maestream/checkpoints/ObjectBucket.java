package io.maestream.checkpoints;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * An object store's bucket, or a prefix in it: what a store of checkpoints needs of it. Keys are
 * relative to the prefix. Whatever cannot be done is an {@link IOException}: {@link
 * StoreRefusedException} where the settings are wrong, {@link StoreUnreachableException} where
 * trying again later may help.
 */
public interface ObjectBucket {

    /**
     * An object.
     *
     * @param key relative to the bucket's prefix
     * @param size bytes
     * @param tag changes whenever the content does
     * @param modified when it was written
     */
    record Entry(String key, long size, String tag, Instant modified) {}

    /** Where an object of this key lies, or the prefix itself for an empty key. */
    URI location(String key);

    /** All objects whose keys begin so, sorted by key. */
    List<Entry> list(String prefix) throws IOException;

    /**
     * A small object's bytes.
     *
     * @throws CheckpointException if it has more than {@code maxBytes}, or is not there
     */
    byte[] read(String key, long maxBytes) throws IOException;

    /** Copies an object into a new file. */
    void download(String key, Path file) throws IOException;

    /** Writes an object of any size; nothing is there before all of it is. */
    void write(String key, FileContent content) throws IOException;

    /**
     * Writes a small object unless there is one of this key.
     *
     * @throws CheckpointException if there is one
     */
    void create(String key, byte[] content) throws IOException;

    void delete(Collection<String> keys) throws IOException;

    /** Gives up uploads begun before then that nobody completed; returns how many. */
    int abortUploads(Instant begunBefore) throws IOException;
}
