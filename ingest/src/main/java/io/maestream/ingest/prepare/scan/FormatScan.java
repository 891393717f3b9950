package io.maestream.ingest.prepare.scan;

import static io.maestream.schemas.RejectionReason.NOT_AN_IMAGE;

/** Reads the structure of an encoded image, in bounds, without decoding a pixel. */
public interface FormatScan {

    /** First bytes that a person is shown of what is no image. */
    int SHOWN = 8;

    /**
     * What the image says of itself, which may be a lie.
     *
     * @throws RejectedException if the header is cut short or damaged
     */
    ImageHeader header() throws RejectedException;

    /**
     * Checks that nothing is missing until the format's own end, in time linear in the length.
     *
     * @throws RejectedException if the file is cut short or damaged
     */
    void requireWhole() throws RejectedException;

    /**
     * What a decoder is to be shown once the file is known to be whole: the file, or what remains
     * of it without further frames and side matter.
     *
     * @throws RejectedException if the file is cut short or damaged
     */
    byte[] decodable() throws RejectedException;

    /**
     * The scan for the format that the first bytes name.
     *
     * @throws RejectedException if they are those of no format that is understood
     */
    static FormatScan of(byte[] bytes) throws RejectedException {
        Bytes in = new Bytes(bytes);
        if (JpegScan.begins(in)) {
            return new JpegScan(in);
        } else if (PngScan.begins(in)) {
            return new PngScan(in);
        } else if (WebpScan.begins(in)) {
            return new WebpScan(in);
        } else if (GifScan.begins(in)) {
            return new GifScan(in);
        } else if (TiffScan.begins(in)) {
            return new TiffScan(in);
        } else if (BmpScan.begins(in)) {
            return new BmpScan(in);
        }
        throw new RejectedException(
                NOT_AN_IMAGE,
                ("it begins with '%s', as no JPEG, PNG, WebP, BMP, GIF or TIFF does; send one of"
                                + " these")
                        .formatted(in.text(0, Math.min(SHOWN, bytes.length))));
    }
}
