package io.maestream.ingest.prepare;

import io.maestream.schemas.RejectionReason;

/** What became of an image's bytes. */
public sealed interface Preparation {

    /**
     * An image that may be trained on.
     *
     * @param bytes the encoded image, 8-bit
     * @param format jpeg or png
     * @param width pixels
     * @param height pixels
     * @param channels 1 or 3
     */
    record Prepared(byte[] bytes, String format, int width, int height, int channels)
            implements Preparation {}

    /**
     * An image that may not.
     *
     * @param reason what kind of thing is wrong
     * @param detail names what was found, the limit, and the remedy
     */
    record Rejected(RejectionReason reason, String detail) implements Preparation {}
}
