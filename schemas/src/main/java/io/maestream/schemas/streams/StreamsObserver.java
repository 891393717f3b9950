package io.maestream.schemas.streams;

import org.apache.kafka.streams.KafkaStreams;

/** Told how a topology fares; called from its threads. */
public interface StreamsObserver {

    /** It was built and is about to start; for meters, which read it as long as it lives. */
    default void starting(KafkaStreams streams) {}

    /** It changed its state, as Kafka Streams names it. */
    default void state(String state) {}

    /** A thread failed; it is replaced unless {@code fatal}. */
    default void threadFailed(Throwable cause, boolean fatal) {}
}
