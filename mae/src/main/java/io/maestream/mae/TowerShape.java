package io.maestream.mae;

/**
 * A stack of transformer blocks.
 *
 * @param dim width of a token
 * @param depth number of blocks
 * @param heads attention heads of a block
 */
public record TowerShape(int dim, int depth, int heads) {

    public TowerShape {
        if (dim < 4 || depth < 1 || heads < 1 || dim % heads != 0 || dim % 4 != 0) {
            throw new IllegalArgumentException(
                    ("width %d, depth %d, heads %d do not fit: the width must be a multiple of the"
                                    + " heads and of 4, depth and heads at least 1")
                            .formatted(dim, depth, heads));
        }
    }
}
