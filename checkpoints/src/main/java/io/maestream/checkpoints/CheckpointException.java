package io.maestream.checkpoints;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** A checkpoint that is not there or not what it claims to be; the message says which and why. */
public final class CheckpointException extends IOException {

    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What could not be done, and why; some file system errors have a path for a message. */
    static CheckpointException because(String what, IOException cause) {
        boolean bare =
                cause.getMessage() == null
                        || cause instanceof FileSystemException failure
                                && failure.getReason() == null;
        String why =
                bare
                        ? cause.getClass().getSimpleName() + " " + cause.getMessage()
                        : cause.getMessage();
        return new CheckpointException(what + ": " + why, cause);
    }
}
