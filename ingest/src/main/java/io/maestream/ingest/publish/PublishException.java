package io.maestream.ingest.publish;

/** An image could not be published; nothing after it was taken. */
public final class PublishException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
