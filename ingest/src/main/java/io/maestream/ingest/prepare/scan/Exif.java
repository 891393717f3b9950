package io.maestream.ingest.prepare.scan;

/**
 * Finds the orientation in Exif data. What is damaged there is passed over: a wrong tag must not
 * cost an image.
 *
 * @see <a href="https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf">Exif 2.3, 4.6.4</a>
 */
final class Exif {

    private static final int UPRIGHT = 1;
    private static final int LAST = 8;
    private static final int ORIENTATION = 274;
    private static final String PREFIX = "Exif\0\0";

    private Exif() {}

    /** The orientation that the bytes from here on, so many, tell: 1 to 8, 1 if they do not. */
    static int orientation(Bytes in, int at, int length) {
        int start = in.spells(at, PREFIX) ? at + PREFIX.length() : at;
        byte[] tiff = new byte[Math.max(0, at + length - start)];
        System.arraycopy(in.array(), start, tiff, 0, tiff.length);
        Bytes data = new Bytes(tiff);
        if (!TiffDirectory.begins(data)) {
            return UPRIGHT;
        }
        try {
            return valid(new TiffDirectory(data).number(ORIENTATION, UPRIGHT));
        } catch (RejectedException e) {
            return UPRIGHT;
        }
    }

    static int valid(long orientation) {
        return orientation >= UPRIGHT && orientation <= LAST ? (int) orientation : UPRIGHT;
    }
}
