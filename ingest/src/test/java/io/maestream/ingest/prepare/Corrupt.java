package io.maestream.ingest.prepare;

import static io.maestream.schemas.RejectionReason.DECODE_FAILED;
import static io.maestream.schemas.RejectionReason.EMPTY;
import static io.maestream.schemas.RejectionReason.NOT_AN_IMAGE;
import static io.maestream.schemas.RejectionReason.TOO_MANY_PIXELS;
import static io.maestream.schemas.RejectionReason.TOO_SMALL;

import io.maestream.ingest.TestImages;
import io.maestream.schemas.RejectionReason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/** The ways in which files are bad, and why each must be rejected. */
enum Corrupt {
    TRUNCATED_JPEG(DECODE_FAILED, "cut short") {
        @Override
        byte[] bytes(int variant) {
            byte[] whole = TestImages.jpeg(200 + variant, 150);
            return Arrays.copyOf(whole, whole.length * (2 + variant % 7) / 10);
        }
    },
    TRUNCATED_PNG(DECODE_FAILED, "cut short") {
        @Override
        byte[] bytes(int variant) {
            byte[] whole = TestImages.png(80 + variant, 60);
            return Arrays.copyOf(whole, whole.length * (4 + variant % 5) / 10);
        }
    },
    ZERO_LENGTH(EMPTY, "no bytes") {
        @Override
        byte[] bytes(int variant) {
            return new byte[0];
        }
    },
    TEXT(NOT_AN_IMAGE, "begins with") {
        @Override
        byte[] bytes(int variant) {
            return ("This is no image, number " + variant).getBytes();
        }
    },
    BOMB(TOO_MANY_PIXELS, "60000 x 60000") {
        @Override
        byte[] bytes(int variant) {
            return pngHeader(60_000, 60_000);
        }
    },
    BARE_HEADER(DECODE_FAILED, "cut short") {
        @Override
        byte[] bytes(int variant) {
            return pngHeader(100, 100);
        }
    },
    TINY(TOO_SMALL, "prepare.min.side") {
        @Override
        byte[] bytes(int variant) {
            return TestImages.png(100, 1 + variant % 7);
        }
    };

    final RejectionReason reason;
    final String detail;

    Corrupt(RejectionReason reason, String detail) {
        this.reason = reason;
        this.detail = detail;
    }

    /** A bad file of this kind. */
    abstract byte[] bytes(int variant);

    static byte[] pngHeader(int width, int height) {
        ByteBuffer png = ByteBuffer.allocate(33);
        png.putLong(0x89504E470D0A1A0AL).putInt(13).putInt(0x49484452);
        png.putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        CRC32 sum = new CRC32();
        sum.update(png.array(), 12, 17);
        return png.putInt((int) sum.getValue()).array();
    }
}
