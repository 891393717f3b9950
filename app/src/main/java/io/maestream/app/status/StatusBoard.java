package io.maestream.app.status;

import io.maestream.app.demo.StepStatistics;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointEvaluated;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.SourceStatus;
import io.maestream.schemas.StepMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Remembers the newest records of each kind, a bounded number, and says what they amount to. */
final class StatusBoard {
    /** Steps of a run that are kept. */
    static final int STEPS = 400;

    /** Rejected images that are kept. */
    static final int REJECTED = 10_000;

    private static final int SCORES = 1_000;
    private static final Duration LATELY = Duration.ofHours(1);

    private final Map<String, Deque<StepMetrics>> steps = new HashMap<>();
    private final Map<String, CheckpointCommitted> checkpoints = new HashMap<>();
    private final Map<String, CheckpointEvaluated> scores = new HashMap<>();
    private final Deque<String> scored = new ArrayDeque<>();
    private final Map<String, SourceStatus> sources = new TreeMap<>();
    private final Deque<RejectedImage> rejected = new ArrayDeque<>();

    void add(StepMetrics step) {
        Deque<StepMetrics> known =
                steps.computeIfAbsent(step.getRunId(), run -> new ArrayDeque<>());
        // A run that went back makes its steps again: those after are of the past.
        while (!known.isEmpty() && known.getLast().getStep() > step.getStep()) {
            known.removeLast();
        }
        known.addLast(step);
        if (known.size() > STEPS) {
            known.removeFirst();
        }
    }

    void add(CheckpointCommitted checkpoint) {
        checkpoints.put(checkpoint.getRunId(), checkpoint);
    }

    void add(CheckpointEvaluated score) {
        if (scores.put(score.getCheckpointId(), score) == null) {
            scored.addLast(score.getCheckpointId());
        }
        if (scored.size() > SCORES) {
            scores.remove(scored.removeFirst());
        }
    }

    void add(SourceStatus source) {
        sources.put(source.getSourceId(), source);
    }

    void removeSource(String sourceId) {
        sources.remove(sourceId);
    }

    void add(RejectedImage image) {
        rejected.addLast(image);
        if (rejected.size() > REJECTED) {
            rejected.removeFirst();
        }
    }

    /** The runs that any record was about. */
    Set<String> runs() {
        Set<String> all = new TreeSet<>(steps.keySet());
        all.addAll(checkpoints.keySet());
        return all;
    }

    /** What it all amounts to; the groups are by run. */
    Status at(Instant now, Map<String, GroupStatus> groups) {
        Set<String> all = new TreeSet<>(runs());
        all.addAll(groups.keySet());
        List<RunStatus> found =
                all.stream()
                        .map(run -> run(run, groups.getOrDefault(run, GroupStatus.none())))
                        .sorted(
                                Comparator.comparing((RunStatus run) -> !run.group().hasMembers())
                                        .thenComparing(
                                                RunStatus::lastHeard, Comparator.reverseOrder()))
                        .toList();
        return new Status(now, found, List.copyOf(sources.values()), rejections(now));
    }

    private RunStatus run(String id, GroupStatus group) {
        Optional<CheckpointCommitted> last = Optional.ofNullable(checkpoints.get(id));
        return new RunStatus(
                id, group, stepsOf(id), last, last.map(c -> scores.get(c.getCheckpointId())));
    }

    private Optional<RunStatus.Steps> stepsOf(String run) {
        Deque<StepMetrics> known = steps.getOrDefault(run, new ArrayDeque<>());
        StepStatistics statistics = new StepStatistics();
        known.forEach(statistics::add);
        List<Float> losses =
                known.stream()
                        .filter(step -> !step.getSkipped() && Float.isFinite(step.getLoss()))
                        .map(StepMetrics::getLoss)
                        .toList();
        return statistics
                .state()
                .map(state -> new RunStatus.Steps(state, losses, known.getLast().getAt()));
    }

    private Rejections rejections(Instant now) {
        Instant since = now.minus(LATELY);
        while (!rejected.isEmpty() && rejected.getFirst().getRejectedAt().isBefore(since)) {
            rejected.removeFirst();
        }
        Map<String, Long> byReason =
                rejected.stream()
                        .collect(
                                Collectors.groupingBy(
                                        image -> image.getReason().name(), Collectors.counting()));
        // Where all that are kept are of the last hour, there may have been more.
        return new Rejections(byReason, rejected.size() < REJECTED);
    }
}
