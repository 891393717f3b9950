package io.maestream.trainer.dashboard;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.trainer.Progress;
import io.maestream.trainer.checkpoint.Restored;
import io.maestream.trainer.dashboard.Readiness.Activity;
import io.maestream.trainer.feed.BadRecord;
import io.maestream.trainer.report.PanelSample;
import io.maestream.trainer.report.StepReport;
import io.maestream.trainer.report.TrainingObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the dashboard shows, in bounded memory. Its lock is held for copying at most, so that no
 * reader keeps a step waiting.
 */
final class TrainingBoard implements TrainingObserver {

    static final int POINTS = 1200;
    static final int FRESH = 100;
    static final int CHECKPOINTS = 30;
    static final int CAMERAS = 64;
    static final int REASONS = 20;
    static final String OTHER_REASONS = "other reasons";

    private final Clock clock;
    private final History history = new History(POINTS);
    private final Deque<StepPoint> fresh = new ArrayDeque<>();
    private final Cameras cameras = new Cameras(CAMERAS);
    private final Deque<CheckpointCommitted> checkpoints = new ArrayDeque<>();
    private final Map<String, Long> rejected = new TreeMap<>();
    private Optional<PanelSample> panel = Optional.empty();
    private Progress progress = Progress.NONE;
    private String runId;
    private Activity activity = Activity.STARTING;
    private Instant reported;
    private Instant since;
    private String late = "";

    /**
     * All but the charts' history.
     *
     * @param rejected records left out by reason
     */
    record Tables(
            String runId,
            Readiness readiness,
            Progress progress,
            List<Camera> cameras,
            List<CheckpointCommitted> checkpoints,
            Map<String, Long> rejected,
            Optional<PanelSample> panel) {}

    TrainingBoard(String runId, Clock clock) {
        this.runId = runId;
        this.clock = clock;
        this.reported = clock.instant();
        this.since = reported;
    }

    /** Whole history, the oldest first. */
    synchronized List<StepPoint> history() {
        return history.points();
    }

    /** Steps since this was last asked, at most {@value #FRESH}. */
    synchronized List<StepPoint> takeFresh() {
        List<StepPoint> taken = List.copyOf(fresh);
        fresh.clear();
        return taken;
    }

    synchronized Readiness readiness() {
        return Readiness.of(activity, reported, since, late, clock.instant());
    }

    synchronized Optional<PanelSample> panel() {
        return panel;
    }

    synchronized Tables tables() {
        return new Tables(
                runId,
                readiness(),
                progress,
                cameras.at(clock.millis()),
                new ArrayList<>(checkpoints),
                Map.copyOf(rejected),
                panel);
    }

    @Override
    public synchronized void standingBy(String run) {
        report(Activity.STANDING_BY);
    }

    @Override
    public synchronized void restoring(String checkpointId) {
        report(Activity.RESTORING);
    }

    @Override
    public synchronized void started(String run, Optional<Restored> from) {
        runId = run;
        from.ifPresent(restored -> progress = restored.state().progress());
        from.ifPresent(restored -> keep(restored.event()));
        report(Activity.TRAINING);
    }

    @Override
    public synchronized void stepped(StepReport step) {
        report(Activity.TRAINING);
        progress = step.progress();
        StepPoint point = StepPoint.of(step, clock.millis());
        history.add(point);
        fresh.addLast(point);
        if (fresh.size() > FRESH) {
            fresh.removeFirst();
        }
        cameras.stepped(step, clock.millis());
    }

    @Override
    public synchronized void annealed(StepReport step, long until) {
        report(Activity.ANNEALING);
    }

    @Override
    public synchronized void idle(Duration waited) {
        report(Activity.IDLE);
    }

    @Override
    public synchronized void checkpointLate(String id, String reason, Duration nextTry) {
        late = reason;
    }

    @Override
    public synchronized void committed(CheckpointCommitted event) {
        late = "";
        keep(event);
    }

    @Override
    public synchronized void wentBack(String checkpointId, Progress from) {
        report(Activity.RESTORING);
    }

    @Override
    public synchronized void badRecord(BadRecord bad) {
        boolean fits = rejected.containsKey(bad.reason()) || rejected.size() < REASONS - 1;
        rejected.merge(fits ? bad.reason() : OTHER_REASONS, 1L, Long::sum);
    }

    @Override
    public synchronized void panel(PanelSample sample) {
        panel = Optional.of(sample);
    }

    private void report(Activity now) {
        reported = clock.instant();
        if (now != activity) {
            activity = now;
            since = reported;
        }
    }

    private void keep(CheckpointCommitted event) {
        checkpoints.addFirst(event);
        if (checkpoints.size() > CHECKPOINTS) {
            checkpoints.removeLast();
        }
    }
}
