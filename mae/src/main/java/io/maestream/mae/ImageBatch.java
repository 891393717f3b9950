package io.maestream.mae;

import java.nio.ByteBuffer;

/**
 * Images to train on.
 *
 * @param pixels a direct buffer whose remaining bytes are uint8 (B, H, W, C), RGB or grey; the
 *     caller may use it again after the step
 * @param size B; 0 if none of the images could be read, and then there is nothing to train on
 * @param maskSeeds one per image; decides which patches are hidden
 */
public record ImageBatch(ByteBuffer pixels, int size, long[] maskSeeds) {

    public ImageBatch {
        boolean whole =
                size == 0 ? !pixels.hasRemaining() : size > 0 && pixels.remaining() % size == 0;
        if (!whole || maskSeeds.length != size) {
            throw new IllegalArgumentException(
                    "%d images with %d mask seeds and %d bytes do not fit"
                            .formatted(size, maskSeeds.length, pixels.remaining()));
        }
    }
}
