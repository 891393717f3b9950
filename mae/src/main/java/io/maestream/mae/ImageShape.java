package io.maestream.mae;

/**
 * A training image.
 *
 * @param size height and width, pixels
 * @param patch height and width of a patch, pixels
 * @param channels 1 (grey) or 3 (RGB)
 */
public record ImageShape(int size, int patch, int channels) {

    public ImageShape {
        if (size < 1 || patch < 1 || size % patch != 0) {
            throw new IllegalArgumentException(
                    ("image size %d must be a multiple of patch size %d; choose for example image"
                                    + " size %d")
                            .formatted(
                                    size, patch, Math.max(1, size / Math.max(1, patch)) * patch));
        }
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException(
                    "an image has 1 (grey) or 3 (RGB) channels, not " + channels);
        }
    }
}
