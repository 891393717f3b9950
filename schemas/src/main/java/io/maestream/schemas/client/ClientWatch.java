package io.maestream.schemas.client;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Told of the clients that work for long: producers, and consumers that are members of a group.
 * Those that only look something up are not worth watching.
 */
public interface ClientWatch {

    /** Watches nobody. */
    ClientWatch NONE =
            new ClientWatch() {
                @Override
                public Runnable opened(Producer<?, ?> producer) {
                    return () -> {};
                }

                @Override
                public Runnable opened(Consumer<?, ?> consumer) {
                    return () -> {};
                }
            };

    /**
     * A producer was built.
     *
     * @return run when it is closed, once or more often
     */
    Runnable opened(Producer<?, ?> producer);

    /**
     * A consumer was built. Only its metrics may be read: it belongs to one thread.
     *
     * @return run when it is closed, once or more often
     */
    Runnable opened(Consumer<?, ?> consumer);
}
