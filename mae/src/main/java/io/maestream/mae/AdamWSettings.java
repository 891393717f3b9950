package io.maestream.mae;

/**
 * AdamW (Loshchilov and Hutter, arXiv:1711.05101) behind clipping by the global norm.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the second moment
 * @param weightDecay decoupled decay of weights; biases and norms have none
 * @param clipNorm largest global L2 norm of the gradients; 0 for no limit
 */
public record AdamWSettings(
        double beta1, double beta2, double epsilon, double weightDecay, double clipNorm) {

    public AdamWSettings {
        boolean betas = beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1;
        if (!betas || !(epsilon > 0) || !(weightDecay >= 0) || !(clipNorm >= 0)) {
            throw new IllegalArgumentException(
                    ("AdamW needs betas in [0, 1), a positive epsilon, and no negative decay or"
                                    + " clip norm; got %s, %s, %s, %s, %s")
                            .formatted(beta1, beta2, epsilon, weightDecay, clipNorm));
        }
    }

    /** The paper's (arXiv:2111.06377, table 8), with gradients clipped at 1. */
    public static AdamWSettings paper() {
        return new AdamWSettings(0.9, 0.95, 1e-8, 0.05, 1.0);
    }
}
