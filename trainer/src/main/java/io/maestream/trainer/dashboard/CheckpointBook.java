package io.maestream.trainer.dashboard;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointEvaluated;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A run's newest checkpoints, the scores they were given, and where other runs are. */
final class CheckpointBook {

    private static final int SCORES = 200;
    private static final int RUNS = 50;

    private final int capacity;
    private final List<CheckpointCommitted> events = new ArrayList<>();
    private final Map<String, Map<String, Double>> scores = new LinkedHashMap<>();
    private final Map<String, CheckpointCommitted> latest = new TreeMap<>();

    /**
     * A checkpoint.
     *
     * @param scores by name, of all who evaluated it
     */
    record Entry(CheckpointCommitted event, Map<String, Double> scores) {}

    CheckpointBook(int capacity) {
        this.capacity = capacity;
    }

    /** It may be heard of twice, from the trainer and from the topic. */
    void committed(CheckpointCommitted event) {
        boolean known =
                events.stream().anyMatch(e -> e.getCheckpointId().equals(event.getCheckpointId()));
        if (known) {
            return;
        }
        events.add(event);
        events.sort(
                Comparator.comparing(CheckpointCommitted::getCommittedAt)
                        .thenComparing(CheckpointCommitted::getStep)
                        .reversed());
        if (events.size() > capacity) {
            events.remove(events.size() - 1);
        }
    }

    void evaluated(CheckpointEvaluated event) {
        scores.computeIfAbsent(event.getCheckpointId(), id -> new TreeMap<>())
                .putAll(event.getScores());
        if (scores.size() > SCORES) {
            scores.remove(scores.keySet().iterator().next());
        }
    }

    /** The last checkpoint of any run. */
    void latest(CheckpointCommitted event) {
        latest.put(event.getRunId(), event);
        if (latest.size() > RUNS) {
            latest.values().stream()
                    .min(Comparator.comparing(CheckpointCommitted::getCommittedAt))
                    .ifPresent(oldest -> latest.remove(oldest.getRunId()));
        }
    }

    /** The newest first. */
    List<Entry> entries() {
        return events.stream()
                .map(
                        event ->
                                new Entry(
                                        event,
                                        Map.copyOf(
                                                scores.getOrDefault(
                                                        event.getCheckpointId(), Map.of()))))
                .toList();
    }

    /** The last checkpoint of each run. */
    List<CheckpointCommitted> runs() {
        return List.copyOf(latest.values());
    }
}
