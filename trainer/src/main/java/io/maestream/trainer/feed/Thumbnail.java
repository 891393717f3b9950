package io.maestream.trainer.feed;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.maestream.schemas.PreparedImage;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** A prepared image as a small JPEG, for people. */
public final class Thumbnail {

    /** Its longer side, pixels. */
    static final int SIDE = 160;

    /** What preparation may be set to at most; more is not decoded for a picture. */
    private static final long MAX_PIXELS = 4_096L * 4_096L;

    private Thumbnail() {}

    /** A JPEG file, or nothing if the image is too large to be shown or cannot be decoded. */
    public static Optional<byte[]> jpeg(PreparedImage image) {
        if ((long) image.getWidth() * image.getHeight() > MAX_PIXELS) {
            return Optional.empty();
        }
        ByteBuffer payload = image.getPayload().duplicate();
        byte[] encoded = new byte[payload.remaining()];
        payload.get(encoded);
        try (PointerScope scope = new PointerScope()) {
            Mat bytes = new Mat(1, encoded.length, CV_8UC(1), new BytePointer(encoded));
            Mat decoded = encoded.length == 0 ? new Mat() : imdecode(bytes, IMREAD_COLOR);
            return decoded.empty() ? Optional.empty() : Optional.of(small(decoded));
        } catch (RuntimeException e) {
            // OpenCV throws its own for what it cannot decode.
            return Optional.empty();
        }
    }

    private static byte[] small(Mat image) {
        double scale = Math.min(1, (double) SIDE / Math.max(image.cols(), image.rows()));
        int width = (int) Math.max(1, Math.round(scale * image.cols()));
        int height = (int) Math.max(1, Math.round(scale * image.rows()));
        Mat target = new Mat();
        resize(image, target, new Size(width, height), 0, 0, INTER_AREA);
        BytePointer out = new BytePointer();
        imencode(".jpg", target, out);
        byte[] jpeg = new byte[(int) out.limit()];
        out.get(jpeg);
        return jpeg;
    }
}
