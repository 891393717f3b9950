package io.maestream.checkpoints;

import java.io.IOException;

/** The store did not answer, or with errors, also after retries: trying again later may help. */
public final class StoreUnreachableException extends IOException {

    public StoreUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
