package io.maestream.ingest.prepare.scan;

/**
 * What an encoded image says of itself, read before any pixel is decoded.
 *
 * @param format the file format
 * @param width pixels, as stored
 * @param height pixels, as stored
 * @param pixel what each pixel is made of
 * @param orientation 1 to 8 as Exif counts; 1 is upright
 */
public record ImageHeader(Format format, int width, int height, Pixel pixel, int orientation) {

    /** The formats that are understood. */
    public enum Format {
        JPEG,
        PNG,
        WEBP,
        BMP,
        GIF,
        TIFF;

        /** The format's name in records. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * What a pixel is made of.
     *
     * @param channels 1 grey, 2 grey and alpha, 3 colour, 4 colour and alpha, or CMYK
     * @param bitsPerChannel 8 for most
     * @param alpha whether it may be transparent
     */
    public record Pixel(int channels, int bitsPerChannel, boolean alpha) {

        /** Of so many channels of 8 bits, nothing transparent. */
        static Pixel opaque(int channels) {
            return new Pixel(channels, 8, false);
        }
    }

    /** Width times height. */
    public long pixels() {
        return (long) width * height;
    }

    /** Pixels. */
    public int longerSide() {
        return Math.max(width, height);
    }

    /** 8-bit, grey or colour without alpha, upright, and JPEG or PNG: what may stay as it is. */
    public boolean isPlain() {
        return (format == Format.JPEG || format == Format.PNG)
                && pixel.bitsPerChannel() == 8
                && !pixel.alpha()
                && (pixel.channels() == 1 || pixel.channels() == 3)
                && orientation == 1;
    }
}
