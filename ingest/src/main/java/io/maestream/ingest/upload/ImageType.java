package io.maestream.ingest.upload;

import java.nio.charset.StandardCharsets;

/** Tells by their first bytes whether these are one of the formats that preparation reads. */
final class ImageType {

    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
    private static final byte[] PNG = latin("\u0089PNG\r\n\u001a\n");
    private static final byte[] GIF = latin("GIF8");
    private static final byte[] BMP = latin("BM");
    private static final byte[] TIFF_LITTLE = latin("II*\0");
    private static final byte[] TIFF_BIG = latin("MM\0*");
    private static final byte[] RIFF = latin("RIFF");
    private static final byte[] WEBP = latin("WEBP");
    private static final int WEBP_AT = 8;

    private ImageType() {}

    static boolean isKnown(byte[] bytes) {
        return has(bytes, 0, JPEG)
                || has(bytes, 0, PNG)
                || has(bytes, 0, GIF)
                || has(bytes, 0, BMP)
                || has(bytes, 0, TIFF_LITTLE)
                || has(bytes, 0, TIFF_BIG)
                || has(bytes, 0, RIFF) && has(bytes, WEBP_AT, WEBP);
    }

    private static boolean has(byte[] bytes, int at, byte[] magic) {
        if (bytes.length < at + magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if (bytes[at + i] != magic[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
