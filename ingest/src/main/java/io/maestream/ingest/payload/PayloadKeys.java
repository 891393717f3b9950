package io.maestream.ingest.payload;

import io.maestream.ingest.payload.BadPayloadException.Reason;
import io.maestream.schemas.PayloadReference;

/** What all payload stores hold to: names made of digests, and no reference trusted unchecked. */
final class PayloadKeys {

    private static final int FOLDER_LETTERS = 2;

    private PayloadKeys() {}

    /**
     * {@code ab/abcdef…}: below the store's root whatever a record says.
     *
     * @throws IllegalArgumentException if it is no digest
     */
    static String of(String sha256) {
        if (!Sha256.isDigest(sha256)) {
            throw new IllegalArgumentException("no digest: " + sha256);
        }
        return sha256.substring(0, FOLDER_LETTERS) + "/" + sha256;
    }

    /** Whether this is a payload's key. */
    static boolean isKey(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        return Sha256.isDigest(name) && key.equals(of(name));
    }

    /**
     * Checks a reference's form and the size that it promises.
     *
     * @param scheme of the locations that the store gives, such as {@code file}
     */
    static void check(PayloadReference reference, String scheme, int maxBytes)
            throws BadPayloadException {
        String digest = reference.getSha256();
        if (!Sha256.isDigest(digest)
                || !reference.getUri().startsWith(scheme + ":")
                || !reference.getUri().endsWith("/" + digest)
                || reference.getSize() < 0) {
            throw new BadPayloadException(
                    Reason.BAD_REFERENCE,
                    "the reference names no image of a %s store, as payload.dir is one; send the"
                                    .formatted(scheme)
                            + " bytes, or publish with the same payload.dir");
        }
        if (reference.getSize() > maxBytes) {
            throw new BadPayloadException(
                    Reason.TOO_LARGE,
                    "the stored image has %d bytes, and payload.max.bytes is %d; make the image"
                                    .formatted(reference.getSize(), maxBytes)
                            + " smaller, or raise the limit");
        }
    }

    /** The bytes, if they are what the reference promises. */
    static byte[] verified(byte[] bytes, PayloadReference reference, Object where)
            throws BadPayloadException {
        if (bytes.length != reference.getSize()
                || !Sha256.of(bytes).equals(reference.getSha256())) {
            throw new BadPayloadException(
                    Reason.DAMAGED,
                    "the stored image %s is not what was published; publish it again"
                            .formatted(where));
        }
        return bytes;
    }
}
