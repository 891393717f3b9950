package io.maestream.mae;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Some neighbouring images of a batch.
 *
 * @param first index of the first
 * @param size how many
 */
record BatchPart(int first, int size) {

    /** These images as a batch of their own; shares the pixels. */
    ImageBatch of(ImageBatch batch) {
        ByteBuffer pixels = batch.pixels();
        int bytes = pixels.remaining() / batch.size();
        return new ImageBatch(
                pixels.slice(pixels.position() + first * bytes, size * bytes),
                size,
                Arrays.copyOfRange(batch.maskSeeds(), first, first + size));
    }
}
