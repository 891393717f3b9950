package io.maestream.trainer.checkpoint;

import io.maestream.checkpoints.FileDigest;
import io.maestream.checkpoints.FileEntry;
import io.maestream.mae.TrainState;
import java.io.IOException;
import java.util.List;

/** What the files of a model would be if it were kept now. */
public final class TensorDigests {

    private TensorDigests() {}

    /** Role, name, size and SHA-256 of every file that holds tensors; nothing is written. */
    public static List<FileEntry> of(TrainState tensors) throws IOException {
        return CheckpointFiles.writeTensors(FileDigest::of, tensors);
    }

    /** Whether a file of this role is one of them. */
    public static boolean holdsTensors(String role) {
        return !role.equals("state");
    }
}
