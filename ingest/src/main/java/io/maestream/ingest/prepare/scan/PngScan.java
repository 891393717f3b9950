package io.maestream.ingest.prepare.scan;

import io.maestream.ingest.prepare.scan.ImageHeader.Format;
import io.maestream.ingest.prepare.scan.ImageHeader.Pixel;
import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;

/**
 * Walks the chunks of a PNG file from its header to its end and checks the critical ones' sums.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">PNG specification, third edition, clause 5</a>
 */
final class PngScan implements FormatScan {

    private static final long SIGNATURE_HIGH = 0x89504E47L;
    private static final long SIGNATURE_LOW = 0x0D0A1A0AL;
    private static final int SIGNATURE = 8;
    private static final long IHDR = 0x49484452L;
    private static final long IDAT = 0x49444154L;
    private static final long IEND = 0x49454E44L;
    private static final long TRNS = 0x74524E53L;
    private static final long EXIF = 0x65584966L;
    private static final int IHDR_LENGTH = 13;
    private static final int CHUNK_START = 8;
    private static final int FRAMING = 12;
    private static final int ANCILLARY = 0x20;
    private static final int PALETTE = 3;

    private final Bytes in;
    private int at = SIGNATURE;
    private boolean transparent;
    private boolean sideMatter;
    private int orientation = 1;

    PngScan(Bytes in) {
        this.in = in;
    }

    static boolean begins(Bytes in) {
        return in.has(0, SIGNATURE) && in.u32(0) == SIGNATURE_HIGH && in.u32(4) == SIGNATURE_LOW;
    }

    @Override
    public ImageHeader header() throws RejectedException {
        at = SIGNATURE;
        if (!in.has(at, CHUNK_START + IHDR_LENGTH)) {
            throw truncated();
        }
        if (type() != IHDR || in.u32(at) != IHDR_LENGTH) {
            throw damaged("it does not begin with its header");
        }
        int colourType = in.u8(at + 17);
        int channels = channels(colourType);
        boolean alpha = channels % 2 == 0 || transparent;
        return new ImageHeader(
                Format.PNG,
                dimension(at + 8),
                dimension(at + 12),
                new Pixel(channels, colourType == PALETTE ? 8 : in.u8(at + 16), alpha),
                orientation);
    }

    @Override
    public void requireWhole() throws RejectedException {
        boolean data = false;
        at = SIGNATURE;
        long type;
        do {
            long length = chunkLength();
            type = type();
            if (isCritical()) {
                checkSum((int) length);
            }
            data |= type == IDAT;
            note(type, (int) length);
            at += (int) length + FRAMING;
        } while (type != IEND);
        if (!data) {
            throw damaged("it holds no image data");
        }
    }

    /** The critical chunks and transparency: a decoder has no need of the others. */
    @Override
    public byte[] decodable() throws RejectedException {
        if (!sideMatter) {
            return in.array();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length());
        out.write(in.array(), 0, SIGNATURE);
        at = SIGNATURE;
        long type;
        do {
            int length = (int) chunkLength() + FRAMING;
            type = type();
            if (isCritical() || type == TRNS) {
                out.write(in.array(), at, length);
            }
            at += length;
        } while (type != IEND);
        return out.toByteArray();
    }

    private void note(long type, int length) {
        transparent |= type == TRNS;
        sideMatter |= !isCritical() && type != TRNS;
        if (type == EXIF) {
            orientation = Exif.orientation(in, at + CHUNK_START, length);
        }
    }

    private boolean isCritical() {
        return (in.u8(at + 4) & ANCILLARY) == 0;
    }

    private long type() {
        return in.u32(at + 4);
    }

    private long chunkLength() throws RejectedException {
        if (!in.has(at, FRAMING) || !in.has(at, in.u32(at) + FRAMING)) {
            throw truncated();
        }
        return in.u32(at);
    }

    private int dimension(int index) throws RejectedException {
        long pixels = in.u32(index);
        if (pixels > Integer.MAX_VALUE) {
            throw damaged("it claims a side of " + pixels + " pixels");
        }
        return (int) pixels;
    }

    private void checkSum(int length) throws RejectedException {
        CRC32 sum = new CRC32();
        sum.update(in.array(), at + 4, length + 4);
        if (sum.getValue() != in.u32(at + 8 + length)) {
            throw damaged("the check sum of its chunk at byte " + at + " is wrong");
        }
    }

    private static int channels(int colourType) throws RejectedException {
        return switch (colourType) {
            case 0 -> 1;
            case 2, PALETTE -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> throw damaged("its colour type is " + colourType);
        };
    }

    private RejectedException truncated() {
        return RejectedException.truncated(Format.PNG, in, "its end chunk");
    }

    private static RejectedException damaged(String what) {
        return RejectedException.damaged(Format.PNG, what);
    }
}
