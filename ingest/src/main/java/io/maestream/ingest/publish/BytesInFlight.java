package io.maestream.ingest.publish;

import java.util.concurrent.Semaphore;

/** A budget of bytes; an image larger than the whole budget waits until all of it is free. */
final class BytesInFlight {

    private final int limit;
    private final Semaphore free;

    BytesInFlight(int limit) {
        this.limit = limit;
        this.free = new Semaphore(limit);
    }

    void acquire(int bytes) throws InterruptedException {
        free.acquire(permits(bytes));
    }

    void release(int bytes) {
        free.release(permits(bytes));
    }

    private int permits(int bytes) {
        return Math.min(bytes, limit);
    }
}
