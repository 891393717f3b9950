package io.maestream.schemas.wire;

import org.apache.kafka.common.errors.RetriableException;

/**
 * The registry did not answer, or with errors, also after retries. That says nothing about the
 * record at hand: it must be neither lost nor rejected.
 */
public final class RegistryUnavailableException extends RetriableException {

    RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
