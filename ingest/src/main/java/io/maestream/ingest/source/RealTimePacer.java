package io.maestream.ingest.source;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits in real time. */
final class RealTimePacer implements Pacer {

    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public boolean await(Instant due) throws InterruptedException {
        long nanos = Duration.between(now(), due).toNanos();
        return !closed.await(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
