package io.maestream.ingest.payload;

import io.maestream.schemas.PayloadReference;
import java.io.IOException;

/** Keeps an image in a store before its reference is published. */
@FunctionalInterface
public interface PayloadWriter {

    /**
     * Stores the bytes under their digest; again has no effect. When this returns they survive a
     * crash of this machine.
     *
     * @param sha256 their SHA-256, lower-case hexadecimal
     * @throws IOException if the store cannot be written
     */
    PayloadReference write(byte[] bytes, String sha256) throws IOException;
}
