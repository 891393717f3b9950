package io.maestream.checkpoints;

import java.io.IOException;
import java.nio.file.Path;

/** Where checkpoints are read from. */
public interface CheckpointReader {

    /** Where they lie, for a person. */
    String location();

    /**
     * A local directory with the checkpoint's files, never outside the store.
     *
     * @throws CheckpointException if there is no checkpoint of this id
     */
    Path directory(String checkpointId) throws IOException;

    /** What a checkpoint says of itself; not yet verified. */
    Manifest manifest(String checkpointId) throws IOException;
}
