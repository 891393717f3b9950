package io.maestream.trainer.checkpoint;

/** Training is not finite any more and going back did not help; the message says what to try. */
public final class DivergedException extends RuntimeException {

    public DivergedException(String message) {
        super(message);
    }
}
