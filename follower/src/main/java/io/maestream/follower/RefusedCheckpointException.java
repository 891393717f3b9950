package io.maestream.follower;

/** A checkpoint that a follower must not use; the message names it and says why. */
public final class RefusedCheckpointException extends RuntimeException {

    RefusedCheckpointException(String message) {
        super(message);
    }

    RefusedCheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
