package io.maestream.ingest.prepare;

/** Unsigned big-endian numbers out of an array; whoever asks has checked the bounds. */
record Bytes(byte[] array) {

    int length() {
        return array.length;
    }

    int u8(int at) {
        return array[at] & 0xFF;
    }

    int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    long u32(int at) {
        return (long) u16(at) << 16 | u16(at + 2);
    }

    boolean has(int at, long length) {
        return at >= 0 && length >= 0 && at + length <= array.length;
    }
}
