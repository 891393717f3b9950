package io.maestream.ingest.payload;

import io.maestream.ingest.payload.BadPayloadException.Reason;
import io.maestream.schemas.PayloadReference;
import java.io.IOException;

/** Where no store is configured, a reference leads nowhere, and none can be made. */
public final class NoPayloadStore implements PayloadReader, PayloadWriter {

    @Override
    public byte[] read(PayloadReference reference) throws BadPayloadException {
        throw new BadPayloadException(
                Reason.MISSING,
                "the image is a reference to a store, and payload.dir is not set; set it to where"
                        + " the publishers write");
    }

    @Override
    public PayloadReference write(byte[] bytes, String sha256) throws IOException {
        throw new IOException(
                "an image of %d bytes needs a store; set payload.dir".formatted(bytes.length));
    }
}
