package io.maestream.ingest.payload;

import java.io.IOException;
import java.time.Instant;

/** Both ends of the claim check, and its cleaning. */
public interface PayloadStore extends PayloadWriter, PayloadReader {

    /**
     * Deletes payloads that nobody has written since; also what a crash left unfinished.
     *
     * @return how many are gone
     * @throws IOException if the store cannot be looked through
     */
    int sweep(Instant olderThan) throws IOException;
}
