package io.maestream.checkpoints.safetensors;

import java.io.IOException;

/** A file that breaks the format; its message says where. */
public final class SafetensorsException extends IOException {

    SafetensorsException(String message) {
        super(message);
    }

    SafetensorsException(String message, Throwable cause) {
        super(message, cause);
    }
}
