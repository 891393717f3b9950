package io.maestream.ingest.source;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only by waiting for it. */
final class FakePacer implements Pacer {

    final List<Instant> waits = new ArrayList<>();
    private Instant now = Instant.ofEpochSecond(1000);
    private boolean closed;

    @Override
    public Instant now() {
        return now;
    }

    void advance(long millis) {
        now = now.plusMillis(millis);
    }

    @Override
    public boolean await(Instant due) {
        waits.add(due);
        now = due.isAfter(now) ? due : now;
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
