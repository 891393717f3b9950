package io.maestream.trainer.retry;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting between two tries. */
public interface Pause {

    /** Really waits; an interrupt ends it. */
    Pause REAL = Pause::real;

    /**
     * @throws InterruptedException if nobody wants another try any more
     */
    void pause(Duration time) throws InterruptedException;

    private static void real(Duration time) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        long left = time.toNanos();
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(left);
            left = until - System.nanoTime();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
