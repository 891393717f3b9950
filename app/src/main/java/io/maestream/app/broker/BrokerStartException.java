package io.maestream.app.broker;

/** The embedded broker did not start. */
public final class BrokerStartException extends RuntimeException {
    /** Says what to do, and keeps Kafka's own reason. */
    public BrokerStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
