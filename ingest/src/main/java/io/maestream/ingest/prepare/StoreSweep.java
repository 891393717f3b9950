package io.maestream.ingest.prepare;

import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Forgets, now and then, what no longer decides anything, so that stores stay small. */
final class StoreSweep {

    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private StoreSweep() {}

    /** Whether a value may go, at a stream time in milliseconds. */
    @FunctionalInterface
    interface Expired {
        boolean isExpired(byte[] value, long now);
    }

    /** Sweeps the store regularly; time is the stream's. */
    static void schedule(
            ProcessorContext<?, ?> context, KeyValueStore<String, byte[]> store, Expired expired) {
        context.schedule(
                INTERVAL,
                PunctuationType.WALL_CLOCK_TIME,
                wall -> sweep(store, expired, context.currentStreamTimeMs()));
    }

    private static void sweep(KeyValueStore<String, byte[]> store, Expired expired, long now) {
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            all.forEachRemaining(
                    entry -> {
                        if (expired.isExpired(entry.value, now)) {
                            store.delete(entry.key);
                        }
                    });
        }
    }
}
