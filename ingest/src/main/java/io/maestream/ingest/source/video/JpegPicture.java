package io.maestream.ingest.source.video;

/** Tells whether a frame of Motion JPEG is a JPEG file as it is (ITU-T T.81, annex B). */
final class JpegPicture {

    private static final int MARKER = 0xFF;
    private static final int START = 0xD8;
    private static final int END = 0xD9;
    private static final int HUFFMAN_TABLES = 0xC4;
    private static final int SCAN = 0xDA;

    private JpegPicture() {}

    /**
     * Whether it begins and ends as a JPEG and brings its Huffman tables; many cameras leave those
     * out, as they are always the same.
     */
    static boolean isWhole(byte[] bytes) {
        return bytes.length > 4 && marker(bytes, 0) == START && endsWell(bytes) && tables(bytes);
    }

    /** The end marker, perhaps with a few bytes of padding after it. */
    private static boolean endsWell(byte[] bytes) {
        for (int i = bytes.length - 2; i >= Math.max(0, bytes.length - 64); i--) {
            if (marker(bytes, i) == END) {
                return true;
            }
        }
        return false;
    }

    private static boolean tables(byte[] bytes) {
        int at = 2;
        while (at + 4 <= bytes.length) {
            int marker = marker(bytes, at);
            if (marker == HUFFMAN_TABLES) {
                return true;
            }
            if (marker < 0 || marker == SCAN) {
                return false;
            }
            at += 2 + ((bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF);
        }
        return false;
    }

    /** The marker's second byte, or -1 if there is none. */
    private static int marker(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) == MARKER ? bytes[at + 1] & 0xFF : -1;
    }
}
