package io.maestream.ingest.payload;

import io.maestream.schemas.PayloadReference;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes, now and then while it writes, payloads whose references have left the topic. */
public final class SweepingWriter implements PayloadWriter {

    private static final Logger LOG = LoggerFactory.getLogger(SweepingWriter.class);
    private static final Duration EVERY = Duration.ofHours(1);

    private final PayloadStore store;
    private final Duration keep;
    private final Clock clock;
    private Instant next = Instant.MIN;

    private SweepingWriter(PayloadStore store, Duration keep, Clock clock) {
        this.store = store;
        this.keep = keep;
        this.clock = clock;
    }

    /**
     * The store with sweeping.
     *
     * @param keep how long payloads stay after the last reference; a negative one for ever
     */
    public static PayloadWriter wrap(PayloadStore store, Duration keep, Clock clock) {
        return keep.isNegative() ? store : new SweepingWriter(store, keep, clock);
    }

    @Override
    public PayloadReference write(byte[] bytes, String sha256) throws IOException {
        PayloadReference reference = store.write(bytes, sha256);
        Instant now = clock.instant();
        if (isDue(now)) {
            try {
                int swept = store.sweep(now.minus(keep));
                LOG.atInfo().addKeyValue("payloads", swept).log("Old payloads deleted");
            } catch (IOException e) {
                // The image is safe, and the next sweep finds what this one has left.
                LOG.atWarn().setCause(e).log("Old payloads could not be deleted");
            }
        }
        return reference;
    }

    private synchronized boolean isDue(Instant now) {
        boolean due = !now.isBefore(next);
        if (due) {
            next = now.plus(EVERY);
        }
        return due;
    }
}
