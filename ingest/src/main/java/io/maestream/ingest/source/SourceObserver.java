package io.maestream.ingest.source;

import java.time.Duration;
import java.time.Instant;

/** Told how sources fare; called from the threads that read them. No message has credentials. */
public interface SourceObserver {

    /** Tells nobody. */
    SourceObserver NONE = new SourceObserver() {};

    /** A source gives images, at first or again. */
    default void connected(String sourceId) {}

    /** A source broke; it is tried again after the delay. */
    default void retrying(String sourceId, String reason, Duration delay) {}

    /** Nothing was seen between these two images' times. */
    default void gap(String sourceId, Instant from, Instant to) {}
}
