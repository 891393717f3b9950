package io.maestream.ingest.codec;

import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Lays transparent pixels on white, row by row. */
final class WhiteGround {

    private static final int WHITE = 255;
    private static final double TO_8_BITS = 1.0 / 257;

    private WhiteGround() {}

    /** The same picture in three channels of 8 bits; the one given stays open. */
    static Mat under(Mat decoded) {
        if (decoded.depth() == CV_8U) {
            return opaque(decoded);
        }
        try (Mat shallow = new Mat()) {
            decoded.convertTo(shallow, CV_8U, TO_8_BITS, 0);
            return opaque(shallow);
        }
    }

    private static Mat opaque(Mat pixels) {
        return switch (pixels.channels()) {
            case 1 -> colour(pixels);
            case 3 -> pixels.clone();
            case 4 -> blended(pixels);
            default ->
                    throw new IllegalArgumentException(pixels.channels() + " channels are unknown");
        };
    }

    private static Mat colour(Mat grey) {
        Mat target = new Mat();
        cvtColor(grey, target, COLOR_GRAY2BGR);
        return target;
    }

    private static Mat blended(Mat pixels) {
        Mat target = new Mat(pixels.rows(), pixels.cols(), CV_8UC3);
        byte[] from = new byte[4 * pixels.cols()];
        byte[] to = new byte[3 * pixels.cols()];
        for (int row = 0; row < pixels.rows(); row++) {
            try (BytePointer source = pixels.ptr(row);
                    BytePointer sink = target.ptr(row)) {
                source.get(from);
                blend(from, to);
                sink.put(to);
            }
        }
        return target;
    }

    /** From (width, 4) with alpha last to (width, 3). */
    static void blend(byte[] from, byte[] to) {
        for (int pixel = 0; 3 * pixel < to.length; pixel++) {
            int alpha = from[4 * pixel + 3] & 0xFF;
            for (int c = 0; c < 3; c++) {
                int value = from[4 * pixel + c] & 0xFF;
                int mixed = value * alpha + WHITE * (WHITE - alpha);
                to[3 * pixel + c] = (byte) ((mixed + WHITE / 2) / WHITE);
            }
        }
    }
}
