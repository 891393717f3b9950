package io.maestream.trainer.report;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.FONT_HERSHEY_SIMPLEX;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_NEAREST;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.putText;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.maestream.mae.Reconstruction;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Draws a reconstruction as a PNG: one row per image, and the columns original, masked,
 * reconstruction, pasted (the reconstruction with the visible patches put back).
 */
public final class PanelPainter {

    private static final List<String> COLUMNS =
            List.of("original", "masked", "reconstruction", "pasted");
    private static final int MIN_TILE = 192;
    private static final int GAP = 8;
    private static final int HEADER = 28;
    private static final double FONT_SCALE = 0.45;

    /** Bytes of a PNG file; small images are enlarged so that patches can be seen. */
    public byte[] png(Reconstruction sample) {
        int scale = Math.max(1, MIN_TILE / Math.max(1, sample.width()));
        int tileWidth = sample.width() * scale;
        int tileHeight = sample.height() * scale;
        int rows = sample.originals().size();
        try (PointerScope scope = new PointerScope()) {
            Mat canvas =
                    new Mat(
                            HEADER + rows * (tileHeight + GAP),
                            GAP + COLUMNS.size() * (tileWidth + GAP),
                            CV_8UC3,
                            Scalar.all(24));
            for (int column = 0; column < COLUMNS.size(); column++) {
                int x = GAP + column * (tileWidth + GAP);
                label(canvas, COLUMNS.get(column), x);
                List<byte[]> images = images(sample, column);
                for (int row = 0; row < rows; row++) {
                    Rect place =
                            new Rect(x, HEADER + row * (tileHeight + GAP), tileWidth, tileHeight);
                    paste(canvas, place, images.get(row), sample);
                }
            }
            return encode(canvas);
        }
    }

    private static List<byte[]> images(Reconstruction sample, int column) {
        return switch (column) {
            case 0 -> sample.originals();
            case 1 -> sample.masked();
            case 2 -> sample.reconstructions();
            default -> sample.pasted();
        };
    }

    private static void label(Mat canvas, String text, int x) {
        putText(
                canvas,
                text,
                new Point(x, HEADER - 9),
                FONT_HERSHEY_SIMPLEX,
                FONT_SCALE,
                Scalar.all(220),
                1,
                LINE_AA,
                false);
    }

    private static void paste(Mat canvas, Rect place, byte[] pixels, Reconstruction sample) {
        Mat image =
                new Mat(
                        sample.height(),
                        sample.width(),
                        opencv_core.CV_8UC(sample.channels()),
                        new BytePointer(pixels));
        Mat colour = new Mat();
        cvtColor(image, colour, sample.channels() == 1 ? COLOR_GRAY2BGR : COLOR_RGB2BGR);
        resize(
                colour,
                new Mat(canvas, place),
                new Size(place.width(), place.height()),
                0,
                0,
                INTER_NEAREST);
    }

    private static byte[] encode(Mat canvas) {
        BytePointer encoded = new BytePointer();
        if (!imencode(".png", canvas, encoded)) {
            throw new IllegalStateException("the panel could not be encoded as PNG");
        }
        byte[] png = new byte[(int) encoded.limit()];
        encoded.get(png);
        return png;
    }
}
