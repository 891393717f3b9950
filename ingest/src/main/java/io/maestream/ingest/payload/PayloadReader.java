package io.maestream.ingest.payload;

import io.maestream.schemas.PayloadReference;
import java.io.IOException;

/** Fetches what a reference stands for, and hands out nothing that is not it. */
@FunctionalInterface
public interface PayloadReader {

    /**
     * The bytes, their number and digest checked.
     *
     * @throws BadPayloadException if the reference is not to be trusted or what it names is
     *     missing, too large or damaged: the record's fault, and a second try finds the same
     * @throws IOException if the store cannot be read at present: a second try may succeed
     */
    byte[] read(PayloadReference reference) throws BadPayloadException, IOException;
}
