package io.maestream.ingest.prepare;

import static io.maestream.schemas.RejectionReason.NOT_AN_IMAGE;

import java.nio.charset.StandardCharsets;

/** Reads the structure of an encoded image, in bounds, without decoding a pixel. */
interface FormatScan {

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
     * The scan for the format that the first bytes name.
     *
     * @throws RejectedException if they are neither JPEG's nor PNG's
     */
    static FormatScan of(byte[] bytes) throws RejectedException {
        Bytes in = new Bytes(bytes);
        if (JpegScan.begins(in)) {
            return new JpegScan(in);
        }
        if (PngScan.begins(in)) {
            return new PngScan(in);
        }
        String text =
                new String(bytes, 0, Math.min(SHOWN, bytes.length), StandardCharsets.ISO_8859_1)
                        .replaceAll("[^ -~]", "?");
        throw new RejectedException(
                NOT_AN_IMAGE,
                "it begins with '%s', as neither JPEG nor PNG does; send one of these"
                        .formatted(text));
    }
}
