package io.maestream.checkpoints;

import java.io.IOException;

/** A checkpoint that is not there or not what it claims to be; the message says which and why. */
public final class CheckpointException extends IOException {

    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
