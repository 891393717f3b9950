package io.maestream.ingest.prepare.scan;

import io.maestream.ingest.prepare.scan.ImageHeader.Format;
import io.maestream.ingest.prepare.scan.ImageHeader.Pixel;
import java.util.Set;

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

    /** So do many scans of many pixels: 16 of 64 million. */
    private static final long MAX_SCANNED_PIXELS = 1L << 30;

    private static final int APP_1 = 0xE1;

    /** Baseline, extended, progressive; the same two with arithmetic coding. */
    private static final Set<Integer> FRAMES = Set.of(0xC0, 0xC1, 0xC2, 0xC9, 0xCA);

    private final Bytes in;
    private int at = 2;
    private int scans;
    private int orientation = 1;
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
        return new ImageHeader(
                frame.format(), frame.width(), frame.height(), frame.pixel(), orientation);
    }

    @Override
    public byte[] decodable() {
        return in.array();
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
            readFrame(marker);
        } else if (marker == APP_1) {
            readExif();
        }
        if (!standsAlone(marker)) {
            at += segmentLength();
        }
        return marker;
    }

    /** Passes over entropy-coded data and fill bytes; the code of the marker that follows. */
    private int nextMarker() throws RejectedException {
        int last = in.length() - 1;
        for (int i = in.nextFull(at, last); i < last; i = in.nextFull(i + 1, last)) {
            int code = in.u8(i + 1);
            if (code != 0 && code != MARKER) {
                at = i + 2;
                return code;
            }
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

    private void readFrame(int marker) throws RejectedException {
        if (segmentLength() < FRAME_FIELDS) {
            throw damaged("its frame header is too short");
        }
        if (frame != null) {
            throw damaged("it has more than one frame header");
        }
        int channels = in.u8(at + 7);
        if (!FRAMES.contains(marker) || in.u8(at + 2) != 8) {
            throw RejectedException.unsupported(
                    Format.JPEG,
                    "its frame is of kind %d with %d bits".formatted(marker & 0xF, in.u8(at + 2)),
                    "baseline or progressive JPEG with 8 bits");
        }
        if (channels != 1 && channels != 3 && channels != 4) {
            throw damaged("it claims %d channels".formatted(channels));
        }
        frame =
                new ImageHeader(
                        Format.JPEG, in.u16(at + 5), in.u16(at + 3), Pixel.opaque(channels), 1);
    }

    private void readExif() throws RejectedException {
        int length = segmentLength();
        if (in.spells(at + 2, "Exif\0\0")) {
            orientation = Exif.orientation(in, at + 2, length - 2);
        }
    }

    private void beginScan() throws RejectedException {
        if (frame == null) {
            throw damaged("its image data come before a frame header");
        }
        if (++scans > MAX_SCANS) {
            throw damaged("it has more than " + MAX_SCANS + " scans");
        }
        if (scans * frame.pixels() > MAX_SCANNED_PIXELS) {
            throw damaged("it has %d scans of %d pixels".formatted(scans, frame.pixels()));
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
        return RejectedException.truncated(Format.JPEG, in, "the end-of-image marker");
    }

    private static RejectedException damaged(String what) {
        return RejectedException.damaged(Format.JPEG, what);
    }
}
