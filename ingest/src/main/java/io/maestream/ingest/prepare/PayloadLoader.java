package io.maestream.ingest.prepare;

import static io.maestream.schemas.RejectionReason.DAMAGED_PAYLOAD;
import static io.maestream.schemas.RejectionReason.MISSING_PAYLOAD;
import static io.maestream.schemas.RejectionReason.PAYLOAD_UNAVAILABLE;
import static io.maestream.schemas.RejectionReason.TOO_MANY_BYTES;

import io.maestream.ingest.payload.BadPayloadException;
import io.maestream.ingest.payload.PayloadReader;
import io.maestream.ingest.prepare.scan.RejectedException;
import io.maestream.schemas.PayloadReference;
import io.maestream.schemas.RawImage;
import io.maestream.schemas.RejectionReason;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The encoded bytes of a raw image, from the record or from the store that it refers to. */
final class PayloadLoader {

    private final PayloadReader reader;
    private final int maxBytes;

    /**
     * @param maxBytes references that promise more are not fetched
     */
    PayloadLoader(PayloadReader reader, int maxBytes) {
        this.reader = reader;
        this.maxBytes = maxBytes;
    }

    byte[] bytes(RawImage raw) throws RejectedException {
        if (raw.getPayload() instanceof PayloadReference reference) {
            return fetched(reference);
        }
        return array((ByteBuffer) raw.getPayload());
    }

    /** The buffer's own array where it is just that, as Avro reads it: images are worth no copy. */
    private static byte[] array(ByteBuffer payload) {
        if (payload.hasArray()
                && payload.position() == 0
                && payload.arrayOffset() == 0
                && payload.array().length == payload.remaining()) {
            return payload.array();
        }
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return bytes;
    }

    private byte[] fetched(PayloadReference reference) throws RejectedException {
        if (reference.getSize() > maxBytes) {
            throw new RejectedException(
                    TOO_MANY_BYTES,
                    "its reference promises %d bytes; %s is %d: send a smaller image or raise it"
                            .formatted(reference.getSize(), PrepareSettings.MAX_BYTES, maxBytes));
        }
        try {
            return reader.read(reference);
        } catch (BadPayloadException e) {
            throw new RejectedException(reason(e.reason()), e.getMessage());
        } catch (IOException e) {
            throw new RejectedException(
                    PAYLOAD_UNAVAILABLE,
                    ("the store that keeps the image could not be read (%s); once it can: maestream"
                                    + " rejected retry --reason PAYLOAD_UNAVAILABLE")
                            .formatted(e.getMessage()));
        }
    }

    private static RejectionReason reason(BadPayloadException.Reason reason) {
        return switch (reason) {
            case TOO_LARGE -> TOO_MANY_BYTES;
            case DAMAGED -> DAMAGED_PAYLOAD;
            case BAD_REFERENCE, MISSING -> MISSING_PAYLOAD;
        };
    }
}
