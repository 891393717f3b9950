package io.maestream.ingest.prepare;

import static io.maestream.schemas.RejectionReason.DECODE_FAILED;
import static io.maestream.schemas.RejectionReason.EMPTY;
import static io.maestream.schemas.RejectionReason.TOO_MANY_BYTES;
import static io.maestream.schemas.RejectionReason.TOO_MANY_PIXELS;
import static io.maestream.schemas.RejectionReason.TOO_SMALL;

import io.maestream.ingest.codec.CodecException;
import io.maestream.ingest.codec.Picture;
import io.maestream.ingest.prepare.scan.FormatScan;
import io.maestream.ingest.prepare.scan.ImageHeader;
import io.maestream.ingest.prepare.scan.ImageHeader.Format;
import io.maestream.ingest.prepare.scan.RejectedException;

/**
 * Bytes in, a prepared image or a reason out: check the size, the format, the dimensions and that
 * the file is whole; only then decode, turn upright, scale down and encode. An image that is
 * already as it should be keeps its bytes. Depends on nothing but bytes and settings; safe for use
 * by several threads.
 */
public final class ImagePreparer {

    private final PrepareSettings settings;

    /** Prepares within these limits. */
    public ImagePreparer(PrepareSettings settings) {
        this.settings = settings;
    }

    /** Prepares or rejects an encoded image; never throws for what the bytes hold. */
    public Preparation prepare(byte[] bytes) {
        try (DecodedImage decoded = decode(bytes)) {
            return decoded.prepared();
        } catch (RejectedException e) {
            return new Preparation.Rejected(e.reason(), e.getMessage());
        }
    }

    /**
     * The first half: the picture, upright and no larger than it may be. The caller closes it.
     *
     * @throws RejectedException if the bytes are no image that may be trained on
     */
    DecodedImage decode(byte[] bytes) throws RejectedException {
        checkBytes(bytes);
        FormatScan scan = FormatScan.of(bytes);
        checkDimensions(scan.header());
        scan.requireWhole();
        // Some of it, such as the orientation, may come after the dimensions.
        ImageHeader header = scan.header();
        try {
            Picture picture = upright(fitted(pixels(scan.decodable(), header)), header);
            return new DecodedImage(bytes, header, picture, settings);
        } catch (CodecException e) {
            throw new RejectedException(
                    DECODE_FAILED,
                    "the %s of %d x %d pixels cannot be used: %s; send it anew"
                            .formatted(
                                    header.format(),
                                    header.width(),
                                    header.height(),
                                    e.getMessage()));
        }
    }

    private void checkBytes(byte[] bytes) throws RejectedException {
        if (bytes.length == 0) {
            throw new RejectedException(
                    EMPTY, "it has no bytes: the source was empty or could not be read");
        }
        if (bytes.length > settings.maxBytes()) {
            throw new RejectedException(
                    TOO_MANY_BYTES,
                    "%d bytes; %s is %d: send a smaller image or raise the limit"
                            .formatted(
                                    bytes.length, PrepareSettings.MAX_BYTES, settings.maxBytes()));
        }
    }

    private void checkDimensions(ImageHeader header) throws RejectedException {
        if (header.pixels() > settings.maxPixels()) {
            throw new RejectedException(
                    TOO_MANY_PIXELS,
                    "its header says %d x %d pixels; %s is %d: send a smaller image or raise the limit"
                            .formatted(
                                    header.width(),
                                    header.height(),
                                    PrepareSettings.MAX_PIXELS,
                                    settings.maxPixels()));
        }
        if (Math.min(header.width(), header.height()) < settings.minSide()) {
            throw new RejectedException(
                    TOO_SMALL,
                    "%d x %d pixels; %s is %d: send a larger image or lower the limit"
                            .formatted(
                                    header.width(),
                                    header.height(),
                                    PrepareSettings.MIN_SIDE,
                                    settings.minSide()));
        }
    }

    private Picture pixels(byte[] bytes, ImageHeader header) throws CodecException {
        return header.pixel().alpha()
                ? Picture.decodeOnWhite(bytes)
                : Picture.decode(bytes, reduction(header));
    }

    private Picture fitted(Picture picture) throws CodecException {
        int longer = Math.max(picture.width(), picture.height());
        if (longer <= settings.maxSide()) {
            return picture;
        }
        double factor = (double) settings.maxSide() / longer;
        int width = Math.max(1, (int) Math.round(picture.width() * factor));
        int height = Math.max(1, (int) Math.round(picture.height() * factor));
        try (picture) {
            return picture.resized(width, height);
        }
    }

    private static Picture upright(Picture picture, ImageHeader header) throws CodecException {
        if (header.orientation() == 1) {
            return picture;
        }
        try (picture) {
            return picture.upright(header.orientation());
        }
    }

    private int reduction(ImageHeader header) {
        return header.format() == Format.JPEG
                ? Picture.reduction(header.longerSide(), settings.maxSide())
                : 1;
    }
}
