package io.maestream.ingest.prepare.scan;

import java.io.ByteArrayOutputStream;

/** Puts a WebP file together from chunks of another. */
final class WebpFile {

    private static final int HEADER = 12;
    private static final int ALPHA = 0x10;
    private static final int EXTENDED = 10;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    WebpFile() {
        letters("RIFF");
        number(0, 4);
        letters("WEBP");
    }

    /** The chunk that announces alpha; the picture has this many pixels. */
    WebpFile extended(int width, int height) {
        letters("VP8X");
        number(EXTENDED, 4);
        number(ALPHA, 4);
        number(width - 1, 3);
        number(height - 1, 3);
        return this;
    }

    /** A chunk with so many bytes of content. */
    WebpFile chunk(Bytes in, int at, int size) {
        out.write(in.array(), at, 8 + size);
        if (size % 2 == 1) {
            out.write(0);
        }
        return this;
    }

    byte[] bytes() {
        byte[] file = out.toByteArray();
        int size = file.length - HEADER + 4;
        for (int i = 0; i < 4; i++) {
            file[4 + i] = (byte) (size >> 8 * i);
        }
        return file;
    }

    private void letters(String letters) {
        letters.chars().forEach(out::write);
    }

    private void number(int value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write(value >> 8 * i);
        }
    }
}
