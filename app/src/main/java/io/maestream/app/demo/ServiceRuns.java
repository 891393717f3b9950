package io.maestream.app.demo;

import io.maestream.ingest.prepare.PreparationService;
import io.maestream.ingest.publish.SourcePump;
import io.maestream.trainer.trigger.TriggerService;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Services run to their end on the calling thread, what can go wrong as unchecked exceptions. */
public final class ServiceRuns {
    private ServiceRuns() {}

    /** Returns when the source has ended, or was stopped, and every image is acknowledged. */
    public static void pump(SourcePump pump) {
        try {
            pump.run();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the source: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when the service was closed; throws if a failure ended it. */
    public static void prepare(PreparationService service) {
        try {
            service.start();
            service.awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        service.failure().ifPresent(ServiceRuns::preparationEnded);
    }

    /** Returns when the service was closed; throws if a failure ended it. */
    public static void watch(TriggerService service) {
        try {
            service.start();
            service.awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        service.failure().ifPresent(ServiceRuns::watchingEnded);
    }

    private static void watchingEnded(Throwable cause) {
        throw new IllegalStateException(
                "Watching for triggers has ended: " + cause.getMessage(), cause);
    }

    private static void preparationEnded(Throwable cause) {
        throw new IllegalStateException("Preparation has ended: " + cause.getMessage(), cause);
    }
}
