package io.maestream.trainer.trigger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Forgets, now and then, runs and cameras that have gone, so that stores stay small. */
final class WatchSweep {

    /**
     * Of a camera that comes back after so many steps, little of what was learned is still true.
     */
    static final long CAMERA_STEPS = 10_000;

    /** Longer than the topic keeps steps. */
    static final Duration RUN_AGE = Duration.ofDays(8);

    static final Duration INTERVAL = Duration.ofMinutes(10);

    private WatchSweep() {}

    /** Sweeps regularly; a run's age is measured in the stream's time. */
    static void schedule(
            ProcessorContext<?, ?> context,
            KeyValueStore<String, RunWatch> runs,
            CameraWatches cameras) {
        context.schedule(
                INTERVAL,
                PunctuationType.WALL_CLOCK_TIME,
                wall -> sweep(runs, cameras, context.currentStreamTimeMs()));
    }

    private static void sweep(
            KeyValueStore<String, RunWatch> runs, CameraWatches cameras, long now) {
        for (KeyValue<String, RunWatch> run : all(runs)) {
            Position last = run.value.last();
            if (now - last.atMillis() > RUN_AGE.toMillis()) {
                cameras.forget(run.key, Long.MAX_VALUE);
                runs.delete(run.key);
            } else {
                int gone = cameras.forget(run.key, last.step() - CAMERA_STEPS);
                if (gone > 0) {
                    int left = Math.max(0, run.value.sources() - gone);
                    runs.put(run.key, run.value.withSources(left));
                }
            }
        }
    }

    private static List<KeyValue<String, RunWatch>> all(KeyValueStore<String, RunWatch> runs) {
        List<KeyValue<String, RunWatch>> found = new ArrayList<>();
        try (KeyValueIterator<String, RunWatch> all = runs.all()) {
            all.forEachRemaining(
                    entry -> {
                        if (entry.value != null) {
                            found.add(entry);
                        }
                    });
        }
        return found;
    }
}
