package io.maestream.ingest.prepare.scan;

import io.maestream.ingest.prepare.scan.ImageHeader.Format;
import io.maestream.ingest.prepare.scan.ImageHeader.Pixel;
import java.util.Set;

/**
 * Reads the two headers of a BMP file.
 *
 * @see <a href="https://learn.microsoft.com/windows/win32/gdi/bitmap-header-types">Bitmap header
 *     types</a>
 */
final class BmpScan implements FormatScan {

    private static final int FILE_HEADER = 14;
    private static final int CORE = 12;
    private static final int INFO = 40;
    private static final int LARGEST = 124;
    private static final int RLE_8 = 1;
    private static final int RLE_4 = 2;
    private static final int BIT_FIELDS = 3;
    private static final Set<Integer> DEPTHS = Set.of(1, 4, 8, 16, 24, 32);

    private final Bytes in;

    BmpScan(Bytes in) {
        this.in = in;
    }

    static boolean begins(Bytes in) {
        return in.spells(0, "BM")
                && in.has(0, FILE_HEADER + 4)
                && (in.le32(FILE_HEADER) == CORE
                        || in.le32(FILE_HEADER) >= INFO && in.le32(FILE_HEADER) <= LARGEST);
    }

    @Override
    public ImageHeader header() throws RejectedException {
        if (!in.has(FILE_HEADER, in.le32(FILE_HEADER))) {
            throw RejectedException.truncated(Format.BMP, in, "the end of its header");
        }
        if (!DEPTHS.contains(depth()) || compression() > BIT_FIELDS) {
            throw RejectedException.unsupported(
                    Format.BMP,
                    "it has %d bits a pixel and compression %d".formatted(depth(), compression()),
                    "24 bits without compression");
        }
        int width = isCore() ? in.le16(18) : (int) in.le32(18);
        int height = isCore() ? in.le16(20) : (int) in.le32(22);
        if (width < 0 || height == Integer.MIN_VALUE) {
            throw RejectedException.damaged(
                    Format.BMP, "it claims %d x %d pixels".formatted(width, height));
        }
        return new ImageHeader(Format.BMP, width, Math.abs(height), Pixel.opaque(3), 1);
    }

    @Override
    public void requireWhole() throws RejectedException {
        ImageHeader header = header();
        boolean runs = compression() == RLE_8 || compression() == RLE_4;
        long row = ((long) header.width() * depth() + 31) / 32 * 4;
        long pixels = runs ? 2 : row * header.height();
        if (in.le32(10) < FILE_HEADER + in.le32(FILE_HEADER)) {
            throw RejectedException.damaged(Format.BMP, "its pixels begin inside its header");
        }
        if (!in.has(in.le32(10), pixels)) {
            throw RejectedException.truncated(Format.BMP, in, "the end of its pixels");
        }
    }

    @Override
    public byte[] decodable() {
        return in.array();
    }

    private boolean isCore() {
        return in.le32(FILE_HEADER) == CORE;
    }

    private int depth() {
        return isCore() ? in.le16(24) : in.le16(28);
    }

    private long compression() {
        return isCore() ? 0 : in.le32(30);
    }
}
