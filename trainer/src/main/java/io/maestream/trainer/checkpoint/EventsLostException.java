package io.maestream.trainer.checkpoint;

/**
 * A run has committed checkpoints, but the topic has no event of it; the message says what to do.
 */
public final class EventsLostException extends RuntimeException {

    public EventsLostException(String message) {
        super(message);
    }
}
