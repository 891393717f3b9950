package io.maestream.ingest.prepare.scan;

import io.maestream.ingest.prepare.scan.ImageHeader.Format;
import io.maestream.ingest.prepare.scan.ImageHeader.Pixel;

/**
 * Walks the chunks of a WebP file. The decoder is shown the picture alone: of an animation the
 * first frame, without the place that it has on its canvas.
 *
 * @see <a href="https://developers.google.com/speed/webp/docs/riff_container">WebP container</a>
 */
final class WebpScan implements FormatScan {

    private static final int FIRST_CHUNK = 12;
    private static final int CHUNK_START = 8;
    private static final int FRAME_START = 16;
    private static final int MAX_CHUNKS = 4096;

    private final Bytes in;
    private ImageHeader header;
    private int orientation = 1;

    /** Where the chunks are, or -1. */
    private int pixels = -1;

    private int alpha = -1;

    WebpScan(Bytes in) {
        this.in = in;
    }

    static boolean begins(Bytes in) {
        return in.spells(0, "RIFF") && in.spells(8, "WEBP");
    }

    @Override
    public ImageHeader header() throws RejectedException {
        if (header == null) {
            if (!in.has(0, CHUNK_START + in.le32(4))) {
                throw truncated();
            }
            walk(FIRST_CHUNK, CHUNK_START + (int) in.le32(4));
            if (pixels < 0) {
                throw damaged("it holds no picture");
            }
            header = in.spells(pixels, "VP8L") ? lossless() : lossy();
        }
        return header;
    }

    @Override
    public void requireWhole() throws RejectedException {
        header();
    }

    @Override
    public byte[] decodable() throws RejectedException {
        header();
        WebpFile file = new WebpFile();
        if (alpha >= 0) {
            file.extended(header.width(), header.height());
            file.chunk(in, alpha, (int) in.le32(alpha + 4));
        }
        return file.chunk(in, pixels, (int) in.le32(pixels + 4)).bytes();
    }

    /**
     * Notes the first picture, and what belongs to it; a frame's chunks are walked like a file's.
     */
    private void walk(int from, int until) throws RejectedException {
        int at = from;
        int chunks = 0;
        while (at < until - CHUNK_START + 1) {
            long size = in.le32(at + 4);
            if (!in.has(at + CHUNK_START, size) || at + CHUNK_START + size > until) {
                throw truncated();
            }
            if (++chunks > MAX_CHUNKS) {
                throw damaged("it has more than " + MAX_CHUNKS + " chunks");
            }
            note(at, (int) size);
            at += CHUNK_START + (int) size + (int) (size & 1);
        }
    }

    private void note(int at, int size) throws RejectedException {
        if (in.spells(at, "EXIF")) {
            orientation = Exif.orientation(in, at + CHUNK_START, size);
        } else if (pixels >= 0) {
            return;
        } else if (in.spells(at, "ANMF") && size > FRAME_START) {
            walk(at + CHUNK_START + FRAME_START, at + CHUNK_START + size);
        } else if (in.spells(at, "ALPH")) {
            alpha = at;
        } else if (in.spells(at, "VP8 ") || in.spells(at, "VP8L")) {
            pixels = at;
        }
    }

    /** RFC 6386, 9.1. */
    private ImageHeader lossy() throws RejectedException {
        int at = pixels + CHUNK_START;
        boolean key = in.le32(pixels + 4) >= 10 && (in.u8(at) & 1) == 0;
        if (!key || in.u8(at + 3) != 0x9D || in.u8(at + 4) != 0x01 || in.u8(at + 5) != 0x2A) {
            throw damaged("its picture does not begin with a key frame");
        }
        return new ImageHeader(
                Format.WEBP,
                in.le16(at + 6) & 0x3FFF,
                in.le16(at + 8) & 0x3FFF,
                new Pixel(alpha < 0 ? 3 : 4, 8, alpha >= 0),
                orientation);
    }

    /** RFC 9649, 3.4. */
    private ImageHeader lossless() throws RejectedException {
        int at = pixels + CHUNK_START;
        if (in.le32(pixels + 4) < 5 || in.u8(at) != 0x2F) {
            throw damaged("its lossless picture lacks its signature");
        }
        alpha = -1;
        long bits = in.le32(at + 1);
        boolean transparent = (bits >> 28 & 1) == 1;
        return new ImageHeader(
                Format.WEBP,
                (int) (bits & 0x3FFF) + 1,
                (int) (bits >> 14 & 0x3FFF) + 1,
                new Pixel(transparent ? 4 : 3, 8, transparent),
                orientation);
    }

    private RejectedException truncated() {
        return RejectedException.truncated(Format.WEBP, in, "its last chunk does");
    }

    private static RejectedException damaged(String what) {
        return RejectedException.damaged(Format.WEBP, what);
    }
}
