package io.maestream.ingest.prepare;

/**
 * What an encoded image says of itself, read before any pixel is decoded.
 *
 * @param format the file format
 * @param width pixels
 * @param height pixels
 * @param channels 1 grey, 2 grey and alpha, 3 colour, 4 colour and alpha, or CMYK
 * @param bitsPerChannel 8 for most
 */
record ImageHeader(Format format, int width, int height, int channels, int bitsPerChannel) {

    /** The formats that are understood. */
    enum Format {
        JPEG("jpeg"),
        PNG("png");

        private final String label;

        Format(String label) {
            this.label = label;
        }

        /** The format's name in records. */
        String label() {
            return label;
        }
    }

    long pixels() {
        return (long) width * height;
    }

    int longerSide() {
        return Math.max(width, height);
    }

    /** 8-bit, and grey or colour without alpha: what may stay as it is. */
    boolean isPlain() {
        return bitsPerChannel == 8 && (channels == 1 || channels == 3);
    }
}
