package io.maestream.ingest.payload;

/** A reference does not lead to the image that it promises. */
public final class BadPayloadException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What is wrong. */
    public enum Reason {
        /**
         * The reference itself is malformed, or points elsewhere than into the configured store.
         */
        BAD_REFERENCE,
        /** Larger than the configured limit; nothing was read. */
        TOO_LARGE,
        /** The store has no such image, or no store is configured. */
        MISSING,
        /** The stored bytes are not those that were published. */
        DAMAGED
    }

    /** What is wrong, and what to do. */
    public BadPayloadException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }
}
