package io.maestream.ingest.prepare;

import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.RejectedImage;

/** Told what becomes of each raw record; called from the preparing threads. */
public interface PrepareObserver {

    /** Tells nobody. */
    PrepareObserver NONE = new PrepareObserver() {};

    /**
     * An image was prepared.
     *
     * @param rawBytes bytes of the raw record
     */
    default void prepared(PreparedImage image, int rawBytes) {}

    /** A raw record was rejected. */
    default void rejected(RejectedImage image) {}

    /** The service changed its state, as Kafka Streams names it. */
    default void state(String state) {}

    /** A preparing thread failed; it is replaced unless {@code fatal}. */
    default void threadFailed(Throwable cause, boolean fatal) {}
}
