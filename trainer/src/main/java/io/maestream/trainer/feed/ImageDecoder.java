package io.maestream.trainer.feed;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC;
import static org.bytedeco.opencv.global.opencv_core.flip;
import static org.bytedeco.opencv.global.opencv_core.setNumThreads;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR_RGB;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_GRAYSCALE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.maestream.schemas.PreparedImage;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Decodes a prepared image, crops it, resizes the crop and mirrors it, straight into its place in a
 * batch's buffer. JPEG files are decoded at a half, a quarter or an eighth of their size where the
 * crop is large enough.
 */
final class ImageDecoder {

    private final int side;
    private final int channels;
    private final Augmentation augmentation;

    /**
     * @param side height and width of what it writes, pixels
     * @param channels 1 (grey) or 3 (RGB)
     */
    ImageDecoder(int side, int channels, Augmentation augmentation) {
        this.side = side;
        this.channels = channels;
        this.augmentation = augmentation;
        setNumThreads(1);
    }

    int bytesPerImage() {
        return side * side * channels;
    }

    /**
     * Writes {@code (side, side, channels)} bytes at {@code index}·{@link #bytesPerImage()}.
     *
     * @throws DecodeException if the payload is not an image of the announced size
     */
    void decodeInto(ByteBuffer batch, int index, PreparedImage image, long root) {
        Crop crop = Crop.random(image.getWidth(), image.getHeight(), augmentation, root);
        int reduction = "jpeg".equals(image.getFormat()) ? crop.reduction(side) : 1;
        try (PointerScope scope = new PointerScope()) {
            Mat decoded = decode(image.getPayload(), reduction);
            requireAnnouncedSize(decoded, image, reduction);
            Crop window = crop.scaledTo(decoded.cols(), decoded.rows(), reduction);
            Mat cropped =
                    new Mat(
                            decoded,
                            new Rect(window.x(), window.y(), window.width(), window.height()));
            Mat target = targetIn(batch, index);
            boolean shrinks = window.width() > side && window.height() > side;
            resize(cropped, target, new Size(side, side), 0, 0, shrinks ? INTER_AREA : INTER_CUBIC);
            if (window.flipped()) {
                flip(target, target, 1);
            }
            if (channels == 3 && reduction > 1) {
                cvtColor(target, target, COLOR_BGR2RGB);
            }
        } catch (DecodeException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new DecodeException("the payload cannot be decoded: " + e.getMessage(), e);
        }
    }

    private Mat decode(ByteBuffer payload, int reduction) {
        byte[] encoded = new byte[payload.remaining()];
        payload.duplicate().get(encoded);
        if (encoded.length == 0) {
            throw new DecodeException("the payload is empty", null);
        }
        Mat bytes = new Mat(1, encoded.length, CV_8UC(1), new BytePointer(encoded));
        Mat decoded = imdecode(bytes, channels == 3 ? colour(reduction) : grey(reduction));
        if (decoded.empty()) {
            throw new DecodeException("the payload is not a readable image", null);
        }
        return decoded;
    }

    private Mat targetIn(ByteBuffer batch, int index) {
        BytePointer start = new BytePointer(batch).position((long) index * bytesPerImage());
        return new Mat(side, side, CV_8UC(channels), start);
    }

    private static void requireAnnouncedSize(Mat decoded, PreparedImage image, int reduction) {
        int width = (image.getWidth() + reduction - 1) / reduction;
        int height = (image.getHeight() + reduction - 1) / reduction;
        if (decoded.cols() != width || decoded.rows() != height) {
            throw new DecodeException(
                    "the payload has %d×%d pixels at 1/%d, the record announces %d×%d"
                            .formatted(
                                    decoded.cols(),
                                    decoded.rows(),
                                    reduction,
                                    image.getWidth(),
                                    image.getHeight()),
                    null);
        }
    }

    private static int colour(int reduction) {
        return switch (reduction) {
            case 2 -> IMREAD_REDUCED_COLOR_2;
            case 4 -> IMREAD_REDUCED_COLOR_4;
            case 8 -> IMREAD_REDUCED_COLOR_8;
            default -> IMREAD_COLOR_RGB;
        };
    }

    private static int grey(int reduction) {
        return switch (reduction) {
            case 2 -> IMREAD_REDUCED_GRAYSCALE_2;
            case 4 -> IMREAD_REDUCED_GRAYSCALE_4;
            case 8 -> IMREAD_REDUCED_GRAYSCALE_8;
            default -> IMREAD_GRAYSCALE;
        };
    }
}
