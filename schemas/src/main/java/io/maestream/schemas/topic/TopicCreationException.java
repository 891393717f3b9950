package io.maestream.schemas.topic;

/** The topics could not be created or described; the message says which and what to do. */
public final class TopicCreationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TopicCreationException(String message, Throwable cause) {
        super(message, cause);
    }
}
