package io.maestream.ingest.prepare.scan;

import io.maestream.ingest.prepare.scan.ImageHeader.Format;
import io.maestream.ingest.prepare.scan.ImageHeader.Pixel;
import java.util.Set;

/**
 * Reads the first page of a TIFF file. Only what is common is let through to the decoder: integers
 * of up to 16 bits, one to four samples, the usual compressions.
 *
 * @see <a href="https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf">TIFF 6.0</a>
 */
final class TiffScan implements FormatScan {

    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int STRIP_OFFSETS = 273;
    private static final int SAMPLES = 277;
    private static final int STRIP_BYTES = 279;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTES = 325;
    private static final int EXTRA_SAMPLES = 338;
    private static final int SAMPLE_FORMAT = 339;
    private static final int PALETTE = 3;
    private static final int CMYK = 5;
    private static final int MAX_SIDE = 1 << 20;
    private static final int MAX_PARTS = 1 << 20;

    /** None, CCITT (2, 3, 4), LZW, JPEG, deflate by either number, PackBits. */
    private static final Set<Long> COMPRESSIONS =
            Set.of(1L, 2L, 3L, 4L, 5L, 7L, 8L, 32946L, 32773L);

    private static final Set<Long> DEPTHS = Set.of(1L, 2L, 4L, 8L, 16L);

    private final Bytes in;
    private TiffDirectory directory;

    TiffScan(Bytes in) {
        this.in = in;
    }

    static boolean begins(Bytes in) {
        return TiffDirectory.begins(in);
    }

    @Override
    public ImageHeader header() throws RejectedException {
        int samples = (int) ranged(SAMPLES, 1, 5);
        long bits = directory().number(BITS, 1);
        if (!DEPTHS.contains(bits) || directory().number(SAMPLE_FORMAT, 1) != 1) {
            throw unsupported("its samples are not integers of 1 to 16 bits");
        }
        long compression = directory().number(COMPRESSION, 1);
        if (!COMPRESSIONS.contains(compression)) {
            throw unsupported("its compression is number " + compression);
        }
        return new ImageHeader(
                Format.TIFF,
                (int) ranged(WIDTH, -1, MAX_SIDE),
                (int) ranged(HEIGHT, -1, MAX_SIDE),
                pixel(samples, (int) bits),
                1);
    }

    private Pixel pixel(int samples, int bits) throws RejectedException {
        long photometric = directory().number(PHOTOMETRIC, 1);
        boolean alpha = directory().has(EXTRA_SAMPLES) && photometric != CMYK;
        return new Pixel(photometric == PALETTE ? 3 : samples, bits, alpha);
    }

    /** Every strip or tile lies in the file, and no tile is larger than the page needs. */
    @Override
    public void requireWhole() throws RejectedException {
        boolean tiled = directory().has(TILE_OFFSETS);
        if (tiled) {
            checkTile(TILE_WIDTH, WIDTH);
            checkTile(TILE_HEIGHT, HEIGHT);
        }
        int offsets = tiled ? TILE_OFFSETS : STRIP_OFFSETS;
        int sizes = tiled ? TILE_BYTES : STRIP_BYTES;
        long parts = directory().count(offsets);
        if (parts < 1 || parts > MAX_PARTS || directory().count(sizes) != parts) {
            throw RejectedException.damaged(
                    Format.TIFF, "it does not say where its %d parts lie".formatted(parts));
        }
        long bytes = 0;
        for (int i = 0; i < parts; i++) {
            long size = directory().number(sizes, i, -1);
            if (!in.has(directory().number(offsets, i, -1), size)) {
                throw RejectedException.truncated(Format.TIFF, in, "the end of its pixels");
            }
            bytes += size;
        }
        if (directory().number(COMPRESSION, 1) == 1 && bytes < uncompressed()) {
            throw RejectedException.damaged(
                    Format.TIFF, "it has %d of %d bytes".formatted(bytes, uncompressed()));
        }
    }

    /** Bytes of the samples, without what rounding a row up would add. */
    private long uncompressed() throws RejectedException {
        ImageHeader header = header();
        return header.pixels()
                * directory().number(SAMPLES, 1)
                * header.pixel().bitsPerChannel()
                / 8;
    }

    @Override
    public byte[] decodable() {
        return in.array();
    }

    /** A tile may reach over the edge, but not by more than itself needs to be a multiple of 16. */
    private void checkTile(int tileSide, int side) throws RejectedException {
        long tile = ranged(tileSide, -1, MAX_SIDE);
        if (tile > Math.max(512, 2 * directory().number(side, 0))) {
            throw RejectedException.damaged(
                    Format.TIFF, "its tiles of %d pixels are larger than itself".formatted(tile));
        }
    }

    private long ranged(int tag, long absent, long most) throws RejectedException {
        long value = directory().number(tag, absent);
        if (value < 0 || value > most) {
            throw RejectedException.damaged(Format.TIFF, "its tag %d is %d".formatted(tag, value));
        }
        return value;
    }

    private TiffDirectory directory() throws RejectedException {
        if (directory == null) {
            directory = new TiffDirectory(in);
        }
        return directory;
    }

    private static RejectedException unsupported(String what) {
        return RejectedException.unsupported(
                Format.TIFF, what, "8 or 16 bits, LZW, deflate or no compression");
    }
}
