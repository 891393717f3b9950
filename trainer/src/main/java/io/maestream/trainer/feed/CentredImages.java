package io.maestream.trainer.feed;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR_RGB;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_GRAYSCALE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Images as a model is shown them when it is looked at and not trained: the largest centred square,
 * scaled to the model's size. No chance is involved.
 *
 * @param side height and width of the model's images, pixels
 * @param channels 1 (grey) or 3 (RGB)
 */
public record CentredImages(int side, int channels) {

    /** Bytes of one image. */
    public int bytesPerImage() {
        return side * side * channels;
    }

    /**
     * Writes {@code (side, side, channels)} bytes at {@code index}·{@link #bytesPerImage()}.
     *
     * @param batch a direct buffer
     * @param encoded a JPEG or PNG whose dimensions were checked before: a small file can hold
     *     gigabytes of pixels
     * @throws IllegalArgumentException if it cannot be decoded
     */
    public void decodeInto(ByteBuffer batch, int index, byte[] encoded) {
        try (PointerScope scope = new PointerScope()) {
            Mat bytes = new Mat(1, encoded.length, CV_8UC(1), new BytePointer(encoded));
            Mat image = imdecode(bytes, channels == 3 ? IMREAD_COLOR_RGB : IMREAD_GRAYSCALE);
            if (image.empty()) {
                throw new IllegalArgumentException("it is no readable image");
            }
            int square = Math.min(image.cols(), image.rows());
            Mat centre =
                    new Mat(
                            image,
                            new Rect(
                                    (image.cols() - square) / 2,
                                    (image.rows() - square) / 2,
                                    square,
                                    square));
            BytePointer start = new BytePointer(batch).position((long) index * bytesPerImage());
            Mat target = new Mat(side, side, CV_8UC(channels), start);
            int how = square > side ? INTER_AREA : INTER_CUBIC;
            resize(centre, target, new Size(side, side), 0, 0, how);
        }
    }
}
