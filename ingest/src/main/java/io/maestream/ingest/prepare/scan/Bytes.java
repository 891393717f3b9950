package io.maestream.ingest.prepare.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Unsigned numbers out of an array; whoever asks has checked the bounds. */
record Bytes(byte[] array) {

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    int length() {
        return array.length;
    }

    int u8(int at) {
        return array[at] & 0xFF;
    }

    /** Big-endian. */
    int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    /** Big-endian. */
    long u32(int at) {
        return (long) u16(at) << 16 | u16(at + 2);
    }

    /** Little-endian. */
    int le16(int at) {
        return u8(at + 1) << 8 | u8(at);
    }

    /** Little-endian. */
    long le32(int at) {
        return (long) le16(at + 2) << 16 | le16(at);
    }

    boolean has(long at, long length) {
        return at >= 0 && length >= 0 && at <= array.length && length <= array.length - at;
    }

    /**
     * The first place from here on, before the end, where a byte has all its bits set; the end if
     * there is none. Looks at eight bytes at a time: nearly all of a JPEG is searched like this.
     */
    int nextFull(int from, int end) {
        int i = from;
        while (i <= end - Long.BYTES && !hasFull((long) WORDS.get(array, i))) {
            i += Long.BYTES;
        }
        while (i < end && array[i] != (byte) 0xFF) {
            i++;
        }
        return i;
    }

    /** Whether one of the eight bytes has all its bits set: its complement has a zero byte. */
    private static boolean hasFull(long word) {
        return (~word - LOW_BITS & word & HIGH_BITS) != 0;
    }

    /** Whether these letters stand there. */
    boolean spells(int at, String letters) {
        if (!has(at, letters.length())) {
            return false;
        }
        for (int i = 0; i < letters.length(); i++) {
            if (u8(at + i) != letters.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** So many letters, what is not printable as question marks. */
    String text(int at, int length) {
        return new String(array, at, length, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "?");
    }
}
