package io.maestream.trainer.checkpoint;

/** The trainer stops without its last checkpoint; the message says why and what that means. */
public final class CheckpointOverdueException extends RuntimeException {

    public CheckpointOverdueException(String message) {
        super(message);
    }
}
