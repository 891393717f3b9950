package io.maestream.follower.follow;

import io.maestream.schemas.CheckpointEvaluated;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The scores that evaluators gave to checkpoints; of several that one evaluator gave to one
 * checkpoint the last counts.
 */
public final class ScoreBoard {

    private record Key(String runId, String evaluator, String checkpointId) {}

    private final Map<Key, CheckpointEvaluated> scores = new LinkedHashMap<>();

    /** Adds a score. */
    public void add(CheckpointEvaluated score) {
        Key key = new Key(score.getRunId(), score.getEvaluator(), score.getCheckpointId());
        // A second score has its place where the checkpoint was scored last.
        scores.remove(key);
        scores.put(key, score);
    }

    /** All scores in the order in which they were given. */
    public List<CheckpointEvaluated> scores() {
        return new ArrayList<>(scores.values());
    }

    /** Who gave scores, sorted. */
    public List<String> evaluators() {
        TreeSet<String> names = new TreeSet<>();
        scores.values().forEach(score -> names.add(score.getEvaluator()));
        return List.copyOf(names);
    }

    /** Names of the scores that were given, sorted. */
    public List<String> metrics() {
        TreeSet<String> names = new TreeSet<>();
        scores.values().forEach(score -> names.addAll(score.getScores().keySet()));
        return List.copyOf(names);
    }

    /**
     * The highest by a metric, the first of equal ones; empty if no score has it. One that is no
     * number never wins.
     */
    public Optional<CheckpointEvaluated> best(String metric) {
        return scores.values().stream()
                .filter(score -> score.getScores().containsKey(metric))
                .filter(score -> !score.getScores().get(metric).isNaN())
                .reduce((a, b) -> compare(metric).compare(b, a) > 0 ? b : a);
    }

    private static Comparator<CheckpointEvaluated> compare(String metric) {
        return Comparator.comparingDouble(score -> score.getScores().get(metric));
    }
}
