package io.maestream.trainer.checkpoint;

import io.maestream.checkpoints.ModelDescription;
import io.maestream.mae.ImageShape;
import io.maestream.mae.MaeShape;
import io.maestream.mae.Objective;
import io.maestream.mae.TowerShape;

/** A manifest's description of a model as the model's own records. */
final class Shapes {

    private Shapes() {}

    /**
     * @throws IllegalArgumentException if it is no shape of a model
     */
    static MaeShape of(ModelDescription model) {
        return new MaeShape(
                new ImageShape(model.imageSize(), model.patchSize(), model.channels()),
                new TowerShape(model.encoderDim(), model.encoderDepth(), model.encoderHeads()),
                new TowerShape(model.decoderDim(), model.decoderDepth(), model.decoderHeads()));
    }

    static Objective objective(ModelDescription model) {
        return new Objective(model.maskRatio(), model.normPix());
    }
}
