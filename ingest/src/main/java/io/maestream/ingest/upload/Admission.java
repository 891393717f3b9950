package io.maestream.ingest.upload;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Decides which uploads may come in: so many at a time, of so many bytes in all, and none while the
 * brokers acknowledge nothing, since it would only wait with the others.
 */
final class Admission {

    /** An upload that waits longer shows that the brokers are away. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final UploadSettings.Limits limits;
    private final LongSupplier nanoTime;
    private final Set<Ticket> inside = new LinkedHashSet<>();
    private long bytes;
    private boolean draining;

    Admission(UploadSettings.Limits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /** An upload that is inside, until it is closed. */
    final class Ticket implements AutoCloseable {
        private final long size;
        private long waitingSince;
        private boolean waiting;

        private Ticket(long size) {
            this.size = size;
        }

        /** The body is read, and waits for the brokers from now on. */
        void waitsForBrokers() {
            synchronized (Admission.this) {
                waiting = true;
                waitingSince = nanoTime.getAsLong();
            }
        }

        @Override
        public void close() {
            synchronized (Admission.this) {
                if (inside.remove(this)) {
                    bytes -= size;
                    Admission.this.notifyAll();
                }
            }
        }
    }

    /**
     * @param size bytes that the upload may have
     * @throws RefusedException if it must not come in now
     */
    synchronized Ticket enter(long size) throws RefusedException {
        if (draining) {
            throw RefusedException.unavailable("this server is stopping; use another");
        }
        long now = nanoTime.getAsLong();
        boolean brokersAway =
                inside.stream().anyMatch(t -> t.waiting && now - t.waitingSince > PATIENCE_NANOS);
        if (brokersAway) {
            throw RefusedException.unavailable("the brokers do not answer; try again later");
        }
        if (inside.size() >= limits.concurrent()) {
            throw RefusedException.busy(limits.concurrent() + " uploads are under way");
        }
        if (bytes + size > limits.bytesInFlight()) {
            throw RefusedException.busy(bytes + " bytes are under way");
        }
        Ticket ticket = new Ticket(size);
        inside.add(ticket);
        bytes += size;
        return ticket;
    }

    /** Lets nobody in any more, and waits until all have left, so long at most. */
    synchronized void drain(Duration atMost) throws InterruptedException {
        draining = true;
        long end = nanoTime.getAsLong() + atMost.toNanos();
        long left = atMost.toNanos();
        while (!inside.isEmpty() && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - nanoTime.getAsLong();
        }
    }
}
