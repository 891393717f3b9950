package io.maestream.ingest.source.video;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;

/**
 * When a camera took a frame. Within a connection the stream's own clock spaces the frames; the
 * arrival of the first one says when that was. Where both drift apart, or a stream has no clock,
 * arrival counts. Times of one source only grow.
 */
final class CaptureClock {

    /** A stream's clock that is off by more is not believed. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private Instant anchor;
    private long anchorMicros;
    private Instant last = Instant.MIN;

    /** Begins a connection: the stream's clock starts anew. */
    void reconnected() {
        anchor = null;
    }

    /** The time of a frame that arrived now. */
    Instant at(Instant arrived, OptionalLong streamMicros) {
        Instant time = arrived.truncatedTo(ChronoUnit.MICROS);
        if (streamMicros.isPresent()) {
            time = byStream(time, streamMicros.getAsLong());
        }
        last = time.isAfter(last) ? time : last.plus(1, ChronoUnit.MICROS);
        return last;
    }

    private Instant byStream(Instant arrived, long micros) {
        if (anchor == null) {
            anchorAt(arrived, micros);
        }
        Instant told = anchor.plus(micros - anchorMicros, ChronoUnit.MICROS);
        if (Duration.between(told, arrived).abs().compareTo(TOLERANCE) > 0) {
            anchorAt(arrived, micros);
            return arrived;
        }
        return told;
    }

    private void anchorAt(Instant arrived, long micros) {
        anchor = arrived;
        anchorMicros = micros;
    }
}
