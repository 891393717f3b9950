package io.maestream.trainer.checkpoint;

/** A run cannot go on from what is there; the message says what to do. */
public final class UnrecoverableException extends RuntimeException {

    public UnrecoverableException(String message) {
        super(message);
    }
}
