package io.maestream.ingest.prepare.scan;

import java.nio.charset.StandardCharsets;

/** Unsigned numbers out of an array; whoever asks has checked the bounds. */
record Bytes(byte[] array) {

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
    int le24(int at) {
        return u8(at + 2) << 16 | le16(at);
    }

    /** Little-endian. */
    long le32(int at) {
        return (long) le16(at + 2) << 16 | le16(at);
    }

    boolean has(long at, long length) {
        return at >= 0 && length >= 0 && at <= array.length && length <= array.length - at;
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
