package io.maestream.trainer.feed;

/**
 * How an image is varied before it is masked.
 *
 * @param minScale smallest share of the image's area that a crop may show, in (0, 1]
 * @param flip whether half of the images are mirrored left to right
 */
public record Augmentation(double minScale, boolean flip) {

    public Augmentation {
        if (!(minScale > 0 && minScale <= 1)) {
            throw new IllegalArgumentException(
                    "feed.crop.min.scale must lie in (0, 1], got " + minScale);
        }
    }
}
