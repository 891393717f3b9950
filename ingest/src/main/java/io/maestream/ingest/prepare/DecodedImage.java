package io.maestream.ingest.prepare;

import static io.maestream.schemas.RejectionReason.DECODE_FAILED;
import static io.maestream.schemas.RejectionReason.TOO_MANY_BYTES;

import io.maestream.ingest.codec.CodecException;
import io.maestream.ingest.codec.Picture;
import io.maestream.ingest.prepare.Preparation.Prepared;
import io.maestream.ingest.prepare.repeat.Thumbnail;
import io.maestream.ingest.prepare.scan.ImageHeader;
import io.maestream.ingest.prepare.scan.ImageHeader.Format;
import io.maestream.ingest.prepare.scan.RejectedException;

/** An image between decoding and encoding: upright, and no larger than it may be. */
final class DecodedImage implements AutoCloseable {

    /** Pixels never need more than three bytes each; what exceeds that is metadata to be shed. */
    private static final int SLACK_BYTES = 4096;

    private final byte[] bytes;
    private final ImageHeader header;
    private final Picture picture;
    private final PrepareSettings settings;

    DecodedImage(byte[] bytes, ImageHeader header, Picture picture, PrepareSettings settings) {
        this.bytes = bytes;
        this.header = header;
        this.picture = picture;
        this.settings = settings;
    }

    /** What others are compared with. */
    Thumbnail thumbnail() throws RejectedException {
        try (Picture small = picture.thumbnail(Thumbnail.WIDTH, Thumbnail.HEIGHT)) {
            return new Thumbnail(small.pixels());
        } catch (CodecException e) {
            throw failed(e);
        }
    }

    /** The second half: its own bytes if nothing was changed, else a JPEG. */
    Prepared prepared() throws RejectedException {
        Prepared prepared = mayStay() ? unchanged() : encoded();
        if (prepared.bytes().length > settings.maxPreparedBytes()) {
            throw new RejectedException(
                    TOO_MANY_BYTES,
                    "it has %d bytes when prepared, and no more than %d fit; lower %s"
                            .formatted(
                                    prepared.bytes().length,
                                    settings.maxPreparedBytes(),
                                    PrepareSettings.MAX_SIDE));
        }
        return prepared;
    }

    @Override
    public void close() {
        picture.close();
    }

    private boolean mayStay() {
        return header.isPlain()
                && picture.width() == header.width()
                && picture.height() == header.height()
                && bytes.length <= 3 * header.pixels() + SLACK_BYTES;
    }

    private Prepared unchanged() {
        return new Prepared(
                bytes,
                header.format().label(),
                header.width(),
                header.height(),
                header.pixel().channels());
    }

    private Prepared encoded() throws RejectedException {
        try {
            byte[] jpeg = picture.jpeg(settings.jpegQuality());
            return new Prepared(jpeg, Format.JPEG.label(), picture.width(), picture.height(), 3);
        } catch (CodecException e) {
            throw failed(e);
        }
    }

    private static RejectedException failed(CodecException e) {
        return new RejectedException(DECODE_FAILED, e.getMessage() + "; send it anew");
    }
}
