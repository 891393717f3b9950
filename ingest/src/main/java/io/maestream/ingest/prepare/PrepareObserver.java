package io.maestream.ingest.prepare;

import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.SourceStatus;
import org.apache.kafka.streams.KafkaStreams;

/** Told what becomes of each raw record; called from the preparing threads. */
public interface PrepareObserver {

    /** Tells nobody. */
    PrepareObserver NONE = new PrepareObserver() {};

    /**
     * An image was prepared.
     *
     * @param rawBytes encoded bytes of the raw image
     */
    default void prepared(PreparedImage image, long rawBytes) {}

    /** A raw record was rejected. */
    default void rejected(RejectedImage image) {}

    /**
     * An image was dropped because it brings nothing new.
     *
     * @param exact whether the same bytes were there before, or only much the same picture
     */
    default void dropped(String sourceId, String imageId, boolean exact) {}

    /** A source's counters were published. */
    default void counted(SourceStatus status) {}

    /** Kafka Streams is about to start; its metrics may be read until the service is closed. */
    default void starting(KafkaStreams streams) {}

    /** The service changed its state, as Kafka Streams names it. */
    default void state(String state) {}

    /** A preparing thread failed; it is replaced unless {@code fatal}. */
    default void threadFailed(Throwable cause, boolean fatal) {}
}
