package io.maestream.follower.score;

import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Images of a model's size with their classes, in host memory.
 *
 * @param pixels uint8 (N, side, side, channels) in a direct buffer, from position to limit
 * @param side height and width, pixels
 * @param channels 1 (grey) or 3 (RGB)
 * @param labels one for each image, an index of {@code classes}
 * @param classes names, sorted
 */
public record LabelledImages(
        ByteBuffer pixels, int side, int channels, int[] labels, List<String> classes) {

    public LabelledImages {
        classes = List.copyOf(classes);
        if (pixels.remaining() != (long) labels.length * side * side * channels) {
            throw new IllegalArgumentException(
                    "%d bytes are not the pixels of %d images of %d x %d x %d"
                            .formatted(pixels.remaining(), labels.length, side, side, channels));
        }
        for (int label : labels) {
            if (label < 0 || label >= classes.size()) {
                throw new IllegalArgumentException(
                        "label %d is none of %d classes".formatted(label, classes.size()));
            }
        }
    }

    /** N. */
    public int count() {
        return labels.length;
    }

    /** The pixels themselves as features, (N, side·side·channels). */
    Rows asRows() {
        return new Rows(pixels, count(), side * side * channels, DataType.UINT8);
    }

    /** Pixels of some of them. */
    ByteBuffer range(int from, int to) {
        int bytes = side * side * channels;
        return pixels.slice(pixels.position() + from * bytes, (to - from) * bytes);
    }
}
