package io.maestream.checkpoints;

import java.io.IOException;

/** The store does not let us in, or there is none of this name: somebody must change settings. */
public final class StoreRefusedException extends IOException {

    public StoreRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
