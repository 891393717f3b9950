package io.maestream.trainer.feed;

/** A record that is not a trainable image; its message says why. Never stops the training. */
final class DecodeException extends RuntimeException {

    DecodeException(String message, Throwable cause) {
        super(message, cause);
    }
}
