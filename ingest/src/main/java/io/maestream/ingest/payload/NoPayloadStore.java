package io.maestream.ingest.payload;

import io.maestream.ingest.payload.BadPayloadException.Reason;
import io.maestream.schemas.PayloadReference;

/** Where no store is configured, a reference leads nowhere. */
public final class NoPayloadStore implements PayloadReader {

    @Override
    public byte[] read(PayloadReference reference) throws BadPayloadException {
        throw new BadPayloadException(
                Reason.MISSING,
                "the image is a reference to a store, and payload.dir is not set; set it to the"
                        + " directory that the publishers write");
    }
}
