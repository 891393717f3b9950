package io.maestream.ingest.source;

import java.time.Instant;

/** The clock of a source that has a pace, and the waiting on it. */
public interface Pacer extends AutoCloseable {

    /** The time now. */
    Instant now();

    /**
     * Waits until a time; at once if it has passed.
     *
     * @return false if the pacer was closed, before or during the wait
     */
    boolean await(Instant due) throws InterruptedException;

    /** Ends every wait, those under way and those to come. */
    @Override
    void close();

    /** Real time. */
    static Pacer realTime() {
        return new RealTimePacer();
    }
}
