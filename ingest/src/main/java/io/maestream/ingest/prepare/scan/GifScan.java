package io.maestream.ingest.prepare.scan;

import io.maestream.ingest.prepare.scan.ImageHeader.Format;
import io.maestream.ingest.prepare.scan.ImageHeader.Pixel;
import java.util.Arrays;

/**
 * Reads a GIF file up to the end of its first frame, which is all that is decoded of it.
 *
 * @see <a href="https://www.w3.org/Graphics/GIF/spec-gif89a.txt">GIF 89a</a>
 */
final class GifScan implements FormatScan {

    private static final int SCREEN = 13;
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2C;
    private static final int TRAILER = 0x3B;
    private static final int GRAPHIC_CONTROL = 0xF9;
    private static final int DESCRIPTOR = 10;
    private static final int MAX_CODE_SIZE = 8;

    private final Bytes in;
    private boolean transparent;
    private int end;

    GifScan(Bytes in) {
        this.in = in;
    }

    static boolean begins(Bytes in) {
        return in.spells(0, "GIF87a") || in.spells(0, "GIF89a");
    }

    @Override
    public ImageHeader header() throws RejectedException {
        if (end == 0) {
            end = frameEnd(frame(SCREEN + colours(10, SCREEN)));
        }
        return new ImageHeader(Format.GIF, in.le16(6), in.le16(8), new Pixel(3, 8, transparent), 1);
    }

    @Override
    public void requireWhole() throws RejectedException {
        header();
    }

    /** The file as if it ended after its first frame. */
    @Override
    public byte[] decodable() throws RejectedException {
        header();
        byte[] first = Arrays.copyOf(in.array(), end + 1);
        first[end] = TRAILER;
        return first;
    }

    /** Where the first image descriptor is. */
    private int frame(int from) throws RejectedException {
        int at = from;
        while (in.has(at, 2) && in.u8(at) == EXTENSION) {
            if (in.u8(at + 1) == GRAPHIC_CONTROL && in.has(at, 4)) {
                transparent = (in.u8(at + 3) & 1) == 1;
            }
            at = blocksEnd(at + 2);
        }
        if (!in.has(at, DESCRIPTOR)) {
            throw truncated();
        }
        if (in.u8(at) != IMAGE) {
            throw RejectedException.damaged(
                    Format.GIF, "there is no frame where one should be, at byte " + at);
        }
        return at;
    }

    private int frameEnd(int at) throws RejectedException {
        int right = in.le16(at + 1) + in.le16(at + 5);
        int bottom = in.le16(at + 3) + in.le16(at + 7);
        if (right > in.le16(6) || bottom > in.le16(8)) {
            throw RejectedException.damaged(
                    Format.GIF, "its first frame reaches out of its screen");
        }
        int data = at + DESCRIPTOR + colours(at + 9, at + DESCRIPTOR);
        if (!in.has(data, 2)) {
            throw truncated();
        }
        if (in.u8(data) < 2 || in.u8(data) > MAX_CODE_SIZE) {
            throw RejectedException.damaged(
                    Format.GIF, "its codes have %d bits".formatted(in.u8(data)));
        }
        return blocksEnd(data + 1);
    }

    /** Bytes of the colour table that the flags tell of; it must lie in the file. */
    private int colours(int flags, int table) throws RejectedException {
        if (!in.has(table, 0) || !in.has(flags, 1)) {
            throw truncated();
        }
        int size = (in.u8(flags) & 0x80) == 0 ? 0 : 3 * (2 << (in.u8(flags) & 7));
        if (!in.has(table, size)) {
            throw truncated();
        }
        return size;
    }

    private int blocksEnd(int from) throws RejectedException {
        int at = from;
        while (in.has(at, 1) && in.u8(at) != 0) {
            at += 1 + in.u8(at);
        }
        if (!in.has(at, 1)) {
            throw truncated();
        }
        return at + 1;
    }

    private RejectedException truncated() {
        return RejectedException.truncated(Format.GIF, in, "the end of its first frame");
    }
}
