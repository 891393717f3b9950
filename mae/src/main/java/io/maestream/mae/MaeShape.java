package io.maestream.mae;

/** The shape of a Masked Autoencoder: image, encoder and decoder. */
public record MaeShape(ImageShape image, TowerShape encoder, TowerShape decoder) {

    /**
     * A shape by name: {@code tiny} trains on a CPU; {@code small}, {@code base} and {@code large}
     * are the ViTs of that name, the last two with the paper's decoder (arXiv:2111.06377, table 1).
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public static MaeShape preset(String name) {
        ImageShape paper = new ImageShape(224, 16, 3);
        TowerShape paperDecoder = new TowerShape(512, 8, 16);
        return switch (name) {
            case "tiny" ->
                    new MaeShape(
                            new ImageShape(96, 8, 3),
                            new TowerShape(192, 6, 3),
                            new TowerShape(128, 2, 4));
            case "small" ->
                    new MaeShape(paper, new TowerShape(384, 12, 6), new TowerShape(256, 4, 8));
            case "base" -> new MaeShape(paper, new TowerShape(768, 12, 12), paperDecoder);
            case "large" -> new MaeShape(paper, new TowerShape(1024, 24, 16), paperDecoder);
            default ->
                    throw new IllegalArgumentException(
                            "there is no preset '%s'; take tiny, small, base or large"
                                    .formatted(name));
        };
    }

    /** Patches of an image, L. */
    public int patches() {
        int side = image.size() / image.patch();
        return side * side;
    }

    /** Values of a patch, p·p·C, in the order row, column, channel. */
    public int patchValues() {
        return image.patch() * image.patch() * image.channels();
    }

    /**
     * Patches that the encoder sees: {@code int(L·(1 − ratio))}.
     *
     * @throws IllegalArgumentException if that leaves none to see or none to predict
     */
    public int visible(double maskRatio) {
        int visible = (int) (patches() * (1 - maskRatio));
        if (visible < 1 || visible >= patches()) {
            throw new IllegalArgumentException(
                    "mask ratio %s leaves %d of %d patches visible; at least one must be visible and"
                                    .formatted(maskRatio, visible, patches())
                            + " one hidden");
        }
        return visible;
    }
}
