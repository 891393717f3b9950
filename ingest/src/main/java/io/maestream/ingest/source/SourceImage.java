package io.maestream.ingest.source;

import java.time.Instant;
import java.util.Objects;

/**
 * An image as its source gave it: encoded, and not yet checked.
 *
 * @param sourceId the camera, folder or uploader
 * @param imageId unique among the images of its source
 * @param sequence position in its source, from 0
 * @param capturedAt when the image was taken
 * @param bytes the encoded image; empty where the source could not read it, or would not because
 *     {@code size} is over its limit
 * @param size bytes of the image at its source
 * @param origin file name or address, for a person to find it again; without credentials
 */
public record SourceImage(
        String sourceId,
        String imageId,
        long sequence,
        Instant capturedAt,
        byte[] bytes,
        long size,
        String origin) {

    /** Checks that nothing is missing. The bytes are not copied. */
    public SourceImage {
        Objects.requireNonNull(sourceId, "sourceId");
        Objects.requireNonNull(imageId, "imageId");
        Objects.requireNonNull(capturedAt, "capturedAt");
        Objects.requireNonNull(bytes, "bytes");
        Objects.requireNonNull(origin, "origin");
    }

    /** Names the image; never shows its bytes. */
    @Override
    public String toString() {
        return "SourceImage[%s/%s, %d bytes]".formatted(sourceId, imageId, size);
    }
}
