package io.maestream.trainer.checkpoint;

import io.maestream.checkpoints.CheckpointException;
import io.maestream.checkpoints.CheckpointReader;
import io.maestream.checkpoints.CheckpointVerifier;
import io.maestream.checkpoints.Verification;
import io.maestream.mae.Precision;
import io.maestream.mae.TrainState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads checkpoints back, after every byte was verified.
 *
 * @param store where they lie
 */
public record StoredCheckpoints(CheckpointReader store) {

    /**
     * What a checkpoint holds.
     *
     * @param tensors weights, moments and averages
     * @param state everything else
     */
    public record Contents(TrainState tensors, RunState state) {}

    /**
     * @param manifestSha256 what the committed event says, or null to trust the manifest
     * @throws CheckpointException if there is none, or a file is not what the manifest says
     */
    public Contents read(String id, String manifestSha256) throws IOException {
        Verification verification = CheckpointVerifier.verify(store, id, manifestSha256);
        if (!verification.ok()) {
            throw new CheckpointException(String.join("; ", verification.problems()));
        }
        Path directory = store.directory(id);
        RunState state = CheckpointFiles.readState(directory);
        return new Contents(CheckpointFiles.readTensors(directory, state.progress().step()), state);
    }

    /** The precision that a checkpoint was trained at, if it can be read and says so. */
    public Optional<Precision> precision(String id) {
        try {
            return CheckpointFiles.readState(store.directory(id)).arithmetic().precision();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
