package io.maestream.ingest.prepare;

import static io.maestream.schemas.RejectionReason.DECODE_FAILED;
import static io.maestream.schemas.RejectionReason.EMPTY;
import static io.maestream.schemas.RejectionReason.TOO_MANY_BYTES;
import static io.maestream.schemas.RejectionReason.TOO_MANY_PIXELS;
import static io.maestream.schemas.RejectionReason.TOO_SMALL;

import io.maestream.ingest.codec.CodecException;
import io.maestream.ingest.codec.Picture;
import io.maestream.ingest.prepare.ImageHeader.Format;
import io.maestream.ingest.prepare.Preparation.Prepared;

/**
 * Bytes in, a prepared image or a reason out: check the size, the format, the dimensions and that
 * the file is whole; only then decode, scale down and encode. An image that is already as it should
 * be keeps its bytes. Depends on nothing but bytes and settings; safe for use by several threads.
 */
public final class ImagePreparer {

    /** Pixels never need more than three bytes each; what exceeds that is metadata to be shed. */
    private static final int SLACK_BYTES = 4096;

    private final PrepareSettings settings;

    /** Prepares within these limits. */
    public ImagePreparer(PrepareSettings settings) {
        this.settings = settings;
    }

    /** Prepares or rejects an encoded image; never throws for what the bytes hold. */
    public Preparation prepare(byte[] bytes) {
        try {
            checkBytes(bytes);
            FormatScan scan = FormatScan.of(bytes);
            ImageHeader header = scan.header();
            checkDimensions(header);
            scan.requireWhole();
            Prepared prepared = decoded(bytes, header);
            checkBytes(prepared.bytes());
            return prepared;
        } catch (RejectedException e) {
            return e.rejected();
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

    private Prepared decoded(byte[] bytes, ImageHeader header) throws RejectedException {
        try (Picture picture = Picture.decode(bytes, reduction(header))) {
            if (fits(picture) && mayStay(bytes, header, picture)) {
                return new Prepared(
                        bytes,
                        header.format().label(),
                        header.width(),
                        header.height(),
                        header.channels());
            }
            return fits(picture) ? encoded(picture) : scaled(picture);
        } catch (CodecException e) {
            throw new RejectedException(
                    DECODE_FAILED,
                    "the %s of %d x %d pixels cannot be used: %s; send it anew"
                            .formatted(
                                    header.format().label(),
                                    header.width(),
                                    header.height(),
                                    e.getMessage()));
        }
    }

    private Prepared scaled(Picture picture) throws CodecException {
        double factor = (double) settings.maxSide() / Math.max(picture.width(), picture.height());
        int width = Math.max(1, (int) Math.round(picture.width() * factor));
        int height = Math.max(1, (int) Math.round(picture.height() * factor));
        try (Picture smaller = picture.resized(width, height)) {
            return encoded(smaller);
        }
    }

    private Prepared encoded(Picture picture) throws CodecException {
        byte[] jpeg = picture.jpeg(settings.jpegQuality());
        return new Prepared(jpeg, Format.JPEG.label(), picture.width(), picture.height(), 3);
    }

    private boolean fits(Picture picture) {
        return Math.max(picture.width(), picture.height()) <= settings.maxSide();
    }

    /** A picture whose decoded sides differ from its header was turned while it was decoded. */
    private static boolean mayStay(byte[] bytes, ImageHeader header, Picture picture) {
        return header.isPlain()
                && picture.width() == header.width()
                && picture.height() == header.height()
                && bytes.length <= 3 * header.pixels() + SLACK_BYTES;
    }

    /** The largest reduction of a JPEG that still leaves at least the pixels that are wanted. */
    private int reduction(ImageHeader header) {
        if (header.format() != Format.JPEG) {
            return 1;
        }
        for (int reduction = 8; reduction > 1; reduction /= 2) {
            if (header.longerSide() / reduction >= settings.maxSide()) {
                return reduction;
            }
        }
        return 1;
    }
}
