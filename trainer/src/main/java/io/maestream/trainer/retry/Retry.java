package io.maestream.trainer.retry;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * What happens between two tries: somebody is told, then time passes.
 *
 * @param backoff how much time
 * @param uniform random numbers in [0, 1)
 * @param pause the waiting
 * @param listener who is told
 */
public record Retry(Backoff backoff, DoubleSupplier uniform, Pause pause, Listener listener) {

    /** Told about every failure that will be tried again. */
    public interface Listener {

        /**
         * @param what is late
         * @param reason of the failure
         * @param next time until the next try
         */
        void late(String what, String reason, Duration next);
    }

    /**
     * Call after a failure and before the next try.
     *
     * @param failures in a row so far, at least one
     * @throws InterruptedException if nobody wants another try any more
     */
    public void after(int failures, String what, Throwable failure) throws InterruptedException {
        Duration next = backoff.delay(failures, uniform.getAsDouble());
        listener.late(what, String.valueOf(failure.getMessage()), next);
        pause.pause(next);
    }
}
