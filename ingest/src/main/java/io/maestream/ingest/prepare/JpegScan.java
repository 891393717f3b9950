package io.maestream.ingest.prepare;

import static io.maestream.schemas.RejectionReason.DECODE_FAILED;

import io.maestream.ingest.prepare.ImageHeader.Format;

/**
 * Walks the markers of a JPEG file from start to end of image. A decoder fills what is missing with
 * grey and reports success, so a file that ends early must be found here.
 *
 * @see <a href="https://www.w3.org/Graphics/JPEG/itu-t81.pdf">ITU-T T.81, annex B</a>
 */
final class JpegScan implements FormatScan {

    private static final int MARKER = 0xFF;
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int RST_0 = 0xD0;
    private static final int RST_7 = 0xD7;
    private static final int TEM = 0x01;
    private static final int FRAME_FIELDS = 8;

    /** Each scan of a progressive file costs a pass over all pixels; real files have about ten. */
    private static final int MAX_SCANS = 100;

    private final Bytes in;
    private int at = 2;
    private int scans;
    private ImageHeader frame;

    JpegScan(Bytes in) {
        this.in = in;
    }

    static boolean begins(Bytes in) {
        return in.has(0, 3) && in.u8(0) == MARKER && in.u8(1) == SOI && in.u8(2) == MARKER;
    }

    @Override
    public ImageHeader header() throws RejectedException {
        while (frame == null) {
            if (nextSegment() == EOI) {
                throw damaged("it ends before a frame header");
            }
        }
        return frame;
    }

    @Override
    public void requireWhole() throws RejectedException {
        header();
        int marker = nextSegment();
        while (marker != EOI) {
            marker = nextSegment();
        }
        if (scans == 0) {
            throw damaged("it holds no image data");
        }
    }

    /** Passes over one marker and what belongs to it; the marker's code. */
    private int nextSegment() throws RejectedException {
        int marker = nextMarker();
        if (marker == SOS) {
            beginScan();
        } else if (isFrame(marker)) {
            readFrame();
        }
        if (!standsAlone(marker)) {
            at += segmentLength();
        }
        return marker;
    }

    /** Passes over entropy-coded data and fill bytes; the code of the marker that follows. */
    private int nextMarker() throws RejectedException {
        byte[] array = in.array();
        int i = at;
        while (i < array.length - 1) {
            int code = array[i + 1] & 0xFF;
            if (array[i] == (byte) MARKER && code != 0 && code != MARKER) {
                at = i + 2;
                return code;
            }
            i++;
        }
        throw truncated();
    }

    private int segmentLength() throws RejectedException {
        if (!in.has(at, 2)) {
            throw truncated();
        }
        int length = in.u16(at);
        if (length < 2) {
            throw damaged("a segment at byte " + at + " claims a length of " + length);
        }
        if (!in.has(at, length)) {
            throw truncated();
        }
        return length;
    }

    private void readFrame() throws RejectedException {
        if (segmentLength() < FRAME_FIELDS) {
            throw damaged("its frame header is too short");
        }
        if (frame != null) {
            throw damaged("it has more than one frame header");
        }
        frame =
                new ImageHeader(
                        Format.JPEG, in.u16(at + 5), in.u16(at + 3), in.u8(at + 7), in.u8(at + 2));
    }

    private void beginScan() throws RejectedException {
        if (frame == null) {
            throw damaged("its image data come before a frame header");
        }
        if (++scans > MAX_SCANS) {
            throw damaged("it has more than " + MAX_SCANS + " scans");
        }
    }

    /** SOF0 to SOF15 without the tables (DHT, DAC) and the reserved code among them. */
    private static boolean isFrame(int marker) {
        return marker >= 0xC0
                && marker <= 0xCF
                && marker != 0xC4
                && marker != 0xC8
                && marker != 0xCC;
    }

    private static boolean standsAlone(int marker) {
        return marker >= RST_0 && marker <= RST_7
                || marker == SOI
                || marker == EOI
                || marker == TEM;
    }

    private RejectedException truncated() {
        return new RejectedException(
                DECODE_FAILED,
                "the JPEG is cut short: its %d bytes end before the end-of-image marker; send it whole"
                        .formatted(in.length()));
    }

    private static RejectedException damaged(String what) {
        return new RejectedException(
                DECODE_FAILED, "the JPEG is damaged: " + what + "; send it anew");
    }
}
