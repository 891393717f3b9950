package io.maestream.trainer.trigger;

import io.maestream.schemas.StepMetrics;
import io.maestream.trainer.trigger.detect.Drift;
import io.maestream.trainer.trigger.detect.DriftDetector;
import io.maestream.trainer.trigger.detect.DriftSettings;
import io.maestream.trainer.trigger.detect.DriftState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The cameras of all runs, each with what its detector remembers. */
final class CameraWatches {

    /** Neither run ids nor the ids of sources have it. */
    private static final String SEPARATOR = "\0";

    private final KeyValueStore<String, DriftState> store;
    private final DriftSettings settings;
    private final DriftDetector detector;

    CameraWatches(KeyValueStore<String, DriftState> store, DriftSettings settings) {
        this.store = store;
        this.settings = settings;
        this.detector = new DriftDetector(settings);
    }

    /**
     * What a step has shown.
     *
     * @param sources cameras of the run that are remembered now
     * @param alarms cameras that have drifted, the strongest rise first
     * @param unwatched one that is not remembered for there are too many
     */
    record Seen(int sources, List<Alarm> alarms, Optional<String> unwatched) {}

    /**
     * Takes a step's losses.
     *
     * @param sources cameras of the run that were remembered before
     */
    Seen see(StepMetrics step, int sources) {
        List<Alarm> alarms = new ArrayList<>();
        Optional<String> unwatched = Optional.empty();
        int known = sources;
        for (Map.Entry<String, Float> one : new TreeMap<>(step.getSourceLosses()).entrySet()) {
            String key = key(step.getRunId(), one.getKey());
            DriftState state = store.get(key);
            if (state == null && known >= settings.pace().maxSources()) {
                unwatched = Optional.of(one.getKey());
            } else if (Float.isFinite(one.getValue())) {
                known += state == null ? 1 : 0;
                look(key, state, step.getStep(), one.getValue())
                        .ifPresent(drift -> alarms.add(new Alarm(one.getKey(), drift)));
            }
        }
        alarms.sort(Comparator.comparingDouble((Alarm alarm) -> -alarm.drift().rise()));
        return new Seen(known, alarms, unwatched);
    }

    private Optional<Drift> look(String key, DriftState state, long step, float loss) {
        DriftState before = state == null ? DriftState.quietUntil(step) : state;
        DriftDetector.Next next = detector.next(before, step, loss);
        store.put(key, next.state());
        return next.drift();
    }

    /** They were told of: what is ordinary for them is learned anew. */
    void told(String runId, List<Alarm> alarms, long step) {
        DriftState anew = DriftState.quietUntil(step + settings.pace().cooldown()).seenAt(step);
        alarms.forEach(alarm -> store.put(key(runId, alarm.sourceId()), anew));
    }

    /**
     * Forgets those cameras of a run that were last seen before a step.
     *
     * @return how many
     */
    int forget(String runId, long before) {
        List<String> gone = new ArrayList<>();
        try (KeyValueIterator<String, DriftState> all =
                store.prefixScan(runId + SEPARATOR, new StringSerializer())) {
            all.forEachRemaining(
                    entry -> {
                        if (entry.value == null || entry.value.lastStep() < before) {
                            gone.add(entry.key);
                        }
                    });
        }
        gone.forEach(store::delete);
        return gone.size();
    }

    private static String key(String runId, String sourceId) {
        return runId + SEPARATOR + sourceId;
    }
}
