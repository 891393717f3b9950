package io.maestream.ingest.payload;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** What a payload store needs of an object store: one prefix of it, keys relative to that. */
public interface PayloadObjects {

    /**
     * An object.
     *
     * @param key relative to the prefix
     * @param modified when it was written last
     */
    record Entry(String key, Instant modified) {}

    /** Where an object of this key lies. */
    URI location(String key);

    /** Writes an object, whole or not at all; when this returns it is durable. */
    void put(String key, byte[] content) throws IOException;

    /**
     * An object's bytes.
     *
     * @param maxBytes larger ones are not fetched
     * @throws BadPayloadException if there is none, or a larger one
     * @throws IOException if the store cannot be read at present
     */
    byte[] get(String key, long maxBytes) throws BadPayloadException, IOException;

    /** Everything below the prefix. */
    List<Entry> list() throws IOException;

    /** Deletes them; those that are gone already do not matter. */
    void delete(Collection<String> keys) throws IOException;

    /** Gives up uploads begun before then that nobody completed; how many. */
    int abandon(Instant begunBefore) throws IOException;
}
