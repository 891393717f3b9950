package io.maestream.trainer.checkpoint;

import ai.djl.Device;
import io.maestream.checkpoints.ModelDescription;
import io.maestream.mae.FrozenMae;
import io.maestream.mae.ImageBatch;
import io.maestream.trainer.report.PanelPainter;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws what a snapshot's weights make of a few images. It runs on the writing thread, on the CPU,
 * with a model of its own, so that no step waits for it.
 */
final class CheckpointPicture {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointPicture.class);

    private CheckpointPicture() {}

    /** A PNG file, or nothing: a picture that cannot be drawn costs no checkpoint. */
    static Optional<byte[]> draw(Snapshot snapshot, ModelDescription model) {
        return snapshot.sample().flatMap(images -> draw(snapshot, images, model));
    }

    private static Optional<byte[]> draw(
            Snapshot snapshot, ImageBatch images, ModelDescription model) {
        try (FrozenMae mae =
                FrozenMae.open(
                        Shapes.of(model),
                        Shapes.objective(model),
                        snapshot.tensors().parameters(),
                        Device.cpu())) {
            return Optional.of(new PanelPainter().png(mae.reconstruct(images)));
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("the checkpoint's picture could not be drawn");
            return Optional.empty();
        }
    }
}
