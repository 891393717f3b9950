package io.maestream.trainer.feed;

/** The log does not hold the records any more that are asked for. */
public final class RecordsGoneException extends RuntimeException {

    public RecordsGoneException(String message) {
        super(message);
    }
}
