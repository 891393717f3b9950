package io.maestream.ingest.codec;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.flip;
import static org.bytedeco.opencv.global.opencv_core.transpose;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * An image's pixels in native memory, 8-bit, three channels in the order blue, green, red. Whoever
 * holds one closes it: the collector does not see native memory in time.
 */
public final class Picture implements AutoCloseable {

    private static final int CHANNELS = 3;

    static {
        NativeLibrary.load();
    }

    private final Mat mat;

    private Picture(Mat mat) {
        this.mat = mat;
    }

    /**
     * Decodes a file of any format, as stored: see {@link #upright} for what Exif says of it. Alpha
     * is dropped, 16 bits become 8. Check the dimensions in the header first: a small file can hold
     * gigabytes of pixels.
     *
     * @param reduction 1, or 2, 4, 8 to let a JPEG be decoded at that fraction of its size, which
     *     is cheaper than to scale it down later
     * @throws CodecException if the bytes cannot be decoded
     */
    public static Picture decode(byte[] bytes, int reduction) throws CodecException {
        return new Picture(pixels(bytes, flag(reduction) | IMREAD_IGNORE_ORIENTATION));
    }

    /**
     * The largest reduction of a JPEG that still leaves at least the pixels that are wanted.
     *
     * @param longerSide pixels of the file
     * @param wanted pixels of its longer side
     */
    public static int reduction(int longerSide, int wanted) {
        for (int reduction = 8; reduction > 1; reduction /= 2) {
            if (longerSide / reduction >= wanted) {
                return reduction;
            }
        }
        return 1;
    }

    /**
     * The same for a file whose pixels may be transparent: they are laid on white.
     *
     * @throws CodecException if the bytes cannot be decoded
     */
    public static Picture decodeOnWhite(byte[] bytes) throws CodecException {
        try (Mat decoded = pixels(bytes, IMREAD_UNCHANGED)) {
            return new Picture(WhiteGround.under(decoded));
        } catch (RuntimeException e) {
            throw new CodecException("the decoder failed: " + firstLine(e), e);
        }
    }

    private static Mat pixels(byte[] bytes, int flags) throws CodecException {
        try (BytePointer pointer = new BytePointer(bytes);
                Mat encoded = new Mat(1, bytes.length, CV_8UC1, pointer)) {
            Mat pixels = imdecode(encoded, flags);
            if (pixels == null || pixels.empty()) {
                throw new CodecException("the decoder found no image in it");
            }
            return pixels;
        } catch (RuntimeException e) {
            throw new CodecException("the decoder failed: " + firstLine(e), e);
        }
    }

    /**
     * Pixels from an array, copied.
     *
     * @param pixels (height, width, 3) bytes in the order blue, green, red
     */
    public static Picture of(byte[] pixels, int width, int height) {
        if (pixels.length != width * height * CHANNELS) {
            throw new IllegalArgumentException(
                    "%d bytes are not %d x %d x 3".formatted(pixels.length, height, width));
        }
        Mat mat = new Mat(height, width, CV_8UC3);
        try (BytePointer data = mat.data()) {
            data.put(pixels, 0, pixels.length);
        }
        return new Picture(mat);
    }

    /** Pixels. */
    public int width() {
        return mat.cols();
    }

    /** Pixels. */
    public int height() {
        return mat.rows();
    }

    /**
     * This picture in another size, each new pixel the mean of the area it covers. This one stays
     * open.
     *
     * @throws CodecException if there is no memory for it
     */
    public Picture resized(int width, int height) throws CodecException {
        Mat target = new Mat();
        try (Size size = new Size(width, height)) {
            resize(mat, target, size, 0, 0, INTER_AREA);
            return new Picture(target);
        } catch (RuntimeException e) {
            target.close();
            throw new CodecException("scaling failed: " + firstLine(e), e);
        }
    }

    /**
     * The same for a size that is many times smaller, and cheaper: halved as often as it goes,
     * which may cost the last column and row each time. This one stays open.
     *
     * @throws CodecException if there is no memory for it
     */
    public Picture thumbnail(int width, int height) throws CodecException {
        if (width() < 3 * width || height() < 3 * height) {
            return resized(width, height);
        }
        try (Picture half = halved()) {
            return half.thumbnail(width, height);
        }
    }

    private Picture halved() throws CodecException {
        Mat target = new Mat();
        try (Rect even = new Rect(0, 0, width() / 2 * 2, height() / 2 * 2);
                Mat part = mat.apply(even);
                Size size = new Size(width() / 2, height() / 2)) {
            resize(part, target, size, 0, 0, INTER_AREA);
            return new Picture(target);
        } catch (RuntimeException e) {
            target.close();
            throw new CodecException("scaling failed: " + firstLine(e), e);
        }
    }

    /**
     * This picture turned as its Exif orientation says. This one stays open.
     *
     * @param orientation 1 to 8; 6 is a picture that must be turned right by 90 degrees
     * @see <a href="https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf">Exif 2.3, 4.6.4</a>
     * @throws CodecException if there is no memory for it
     */
    public Picture upright(int orientation) throws CodecException {
        Mat target = new Mat();
        try {
            if (orientation >= 5) {
                transpose(mat, target);
                turn(target, orientation - 4);
            } else {
                mat.copyTo(target);
                turn(target, orientation);
            }
            return new Picture(target);
        } catch (RuntimeException e) {
            target.close();
            throw new CodecException("turning failed: " + firstLine(e), e);
        }
    }

    /** 1 as it is, 2 left for right, 3 both, 4 top for bottom. */
    private static void turn(Mat target, int how) {
        if (how > 1) {
            flip(target, target, how == 2 ? 1 : how == 3 ? -1 : 0);
        }
    }

    /**
     * As a JPEG file.
     *
     * @param quality 1 to 100
     * @throws CodecException if encoding fails
     */
    public byte[] jpeg(int quality) throws CodecException {
        try (BytePointer out = new BytePointer();
                IntPointer parameters = new IntPointer(IMWRITE_JPEG_QUALITY, quality)) {
            if (!imencode(".jpg", mat, out, parameters)) {
                throw new CodecException("the JPEG encoder refused the picture");
            }
            byte[] bytes = new byte[Math.toIntExact(out.limit())];
            out.get(bytes);
            return bytes;
        } catch (RuntimeException e) {
            throw new CodecException("encoding failed: " + firstLine(e), e);
        }
    }

    /** The pixels, (height, width, 3) bytes in the order blue, green, red. */
    public byte[] pixels() {
        byte[] pixels = new byte[width() * height() * CHANNELS];
        try (BytePointer data = mat.data()) {
            data.get(pixels);
        }
        return pixels;
    }

    @Override
    public void close() {
        mat.close();
    }

    private static int flag(int reduction) {
        return switch (reduction) {
            case 1 -> IMREAD_COLOR;
            case 2 -> IMREAD_REDUCED_COLOR_2;
            case 4 -> IMREAD_REDUCED_COLOR_4;
            case 8 -> IMREAD_REDUCED_COLOR_8;
            default -> throw new IllegalArgumentException("no reduction by " + reduction);
        };
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
