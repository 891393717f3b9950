package io.maestream.ingest.codec;

/** Bytes could not be decoded, or pixels not be encoded; the message is one line. */
public final class CodecException extends Exception {

    private static final long serialVersionUID = 1L;

    CodecException(String message) {
        super(message);
    }

    CodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
