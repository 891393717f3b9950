package io.maestream.checkpoints;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Where checkpoints are read from. */
public interface CheckpointReader {

    /** Where they lie, for a person. */
    String location();

    /** Where the checkpoint of this id lies, whether it is there or not; events name it. */
    URI location(String checkpointId);

    /**
     * A local directory with the checkpoint's files: the store's own, or a copy of them.
     *
     * @throws CheckpointException if there is no checkpoint of this id
     */
    Path directory(String checkpointId) throws IOException;

    /** What a checkpoint says of itself; not yet verified. */
    Manifest manifest(String checkpointId) throws IOException;
}
