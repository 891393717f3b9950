package io.maestream.trainer.dashboard;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointEvaluated;
import io.maestream.schemas.CheckpointRequested;
import io.maestream.schemas.SourceStatus;
import io.maestream.schemas.StepMetrics;
import io.maestream.schemas.TriggerKind;
import io.maestream.trainer.Progress;
import io.maestream.trainer.checkpoint.Restored;
import io.maestream.trainer.command.Request;
import io.maestream.trainer.dashboard.Pulse.Activity;
import io.maestream.trainer.feed.BadRecord;
import io.maestream.trainer.feed.PartitionId;
import io.maestream.trainer.feed.StreamRecord;
import io.maestream.trainer.report.PanelSample;
import io.maestream.trainer.report.StepReport;
import io.maestream.trainer.report.TrainingObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the dashboard shows, in bounded memory: what this trainer says, and what its run's topics
 * say. Its lock is held for copying at most, so that no reader keeps a step waiting.
 */
final class TrainingBoard implements TrainingObserver, RunFacts {

    static final int POINTS = 1200;
    static final int FRESH = 100;
    static final int CHECKPOINTS = 30;
    static final int CAMERAS = 64;
    static final int REASONS = 20;

    private final Clock clock;
    private final Deque<StepPoint> fresh = new ArrayDeque<>();
    private final Cameras cameras = new Cameras(CAMERAS);
    private final CheckpointBook checkpoints = new CheckpointBook(CHECKPOINTS);
    private final Rejections rejected = new Rejections(REASONS);
    private final Troubles troubles = new Troubles();
    private final CommandLog commands = new CommandLog();
    private History history = new History(POINTS);
    private Map<PartitionId, Long> lags = Map.of();
    private Group group = Group.UNKNOWN;
    private Optional<PanelSample> panel = Optional.empty();
    private Progress progress = Progress.NONE;
    private String runId;
    private Pulse pulse;

    TrainingBoard(String runId, Clock clock) {
        this.runId = runId;
        this.clock = clock;
        this.pulse = Pulse.starting(clock.instant());
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
        Instant now = clock.instant();
        return Readiness.of(
                pulse,
                troubles.notices(pulse.activity(), cameras.at(now.toEpochMilli()), now),
                now);
    }

    synchronized Optional<PanelSample> panel() {
        return panel;
    }

    /** The newest image of a source, as it was prepared. */
    synchronized Optional<StreamRecord> picture(String sourceId) {
        return cameras.picture(sourceId);
    }

    synchronized String runId() {
        return runId;
    }

    synchronized RunTables tables() {
        return new RunTables(
                runId,
                readiness(),
                progress,
                cameras.at(clock.millis()),
                checkpoints.entries(),
                checkpoints.runs(),
                rejected.byReason(),
                lags,
                group,
                commands.entries(),
                panel);
    }

    @Override
    public synchronized void arrived(String sourceId, StreamRecord arrived) {
        if (sourceId != null) {
            cameras.arrived(sourceId, arrived, clock.millis());
        }
    }

    @Override
    public synchronized void waiting(Map<PartitionId, Long> records) {
        lags = Map.copyOf(records);
        cameras.looked(clock.millis());
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
        from.ifPresent(restored -> checkpoints.committed(restored.event()));
        report(Activity.TRAINING);
    }

    @Override
    public synchronized void stepped(StepReport step) {
        stepped(Activity.TRAINING, step.timing());
        progress = step.progress();
        add(StepPoint.of(step, clock.millis()));
        cameras.stepped(step, clock.millis());
    }

    @Override
    public synchronized void annealed(StepReport step, long until) {
        stepped(Activity.ANNEALING, step.timing());
    }

    @Override
    public synchronized void releaseGivenUp(String why) {
        commands.releaseGivenUp(why);
    }

    @Override
    public synchronized void idle(Duration waited) {
        pulse = pulse.waited(clock.instant());
    }

    @Override
    public synchronized void checkpointLate(String id, String reason, Duration nextTry) {
        troubles.checkpointLate(reason);
    }

    @Override
    public synchronized void committed(CheckpointCommitted event) {
        troubles.checkpointCommitted();
        checkpoints.committed(event);
    }

    @Override
    public synchronized void wentBack(String checkpointId, Progress from) {
        report(Activity.RESTORING);
    }

    @Override
    public synchronized void badRecord(BadRecord bad) {
        rejected.leftOut(bad.reason());
    }

    @Override
    public synchronized void commanded(Request request, boolean paused) {
        commands.obeyed(request);
        if (paused) {
            pulse = pulse.paused(request.trigger().getReason(), clock.instant());
        } else {
            report(Activity.TRAINING);
        }
    }

    @Override
    public synchronized void commandRefused(Request request, String why) {
        commands.refused(request, why);
    }

    @Override
    public synchronized void panel(PanelSample sample) {
        panel = Optional.of(sample);
    }

    /** What was there before this trainer's own first step comes before it. */
    @Override
    public synchronized void past(List<StepMetrics> steps) {
        if (pulse.activity().isActive() && !history.points().isEmpty()) {
            long first = history.points().get(0).step();
            List<StepPoint> own = history.points();
            history = new History(POINTS);
            steps.stream().filter(s -> s.getStep() < first).forEach(this::remember);
            own.forEach(history::add);
        } else {
            history = new History(POINTS);
            steps.forEach(this::remember);
        }
    }

    /** Another trainer's steps: those of one's own are known. */
    @Override
    public synchronized void reported(StepMetrics step) {
        if (!pulse.activity().isActive()) {
            progress = new Progress(step.getStep(), step.getImagesSeen(), 0, 0);
            add(StepPoint.of(step));
            cameras.learned(step);
        }
    }

    @Override
    public synchronized void recorded(CheckpointCommitted event) {
        checkpoints.committed(event);
    }

    @Override
    public synchronized void latest(CheckpointCommitted event) {
        checkpoints.latest(event);
    }

    @Override
    public synchronized void evaluated(CheckpointEvaluated event) {
        checkpoints.evaluated(event);
    }

    @Override
    public synchronized void requested(CheckpointRequested request) {
        if (request.getTrigger().getKind() == TriggerKind.DRIFT && request.getSourceId() != null) {
            cameras.drifted(request.getSourceId(), request.getRequestedAt().toEpochMilli());
        }
    }

    @Override
    public synchronized void prepared(SourceStatus status) {
        rejected.prepared(status);
        cameras.captured(status.getSourceId(), status.getLastSeenAt().toEpochMilli());
    }

    @Override
    public synchronized void drawn(PanelSample sample) {
        if (panel.isEmpty() || !pulse.activity().isActive()) {
            panel = Optional.of(sample);
        }
    }

    @Override
    public synchronized void members(Group trainers) {
        group = trainers;
    }

    @Override
    public synchronized void brokersAnswer(boolean answer) {
        troubles.brokersAnswer(answer, clock.instant());
    }

    private void remember(StepMetrics step) {
        history.add(StepPoint.of(step));
        cameras.learned(step);
    }

    private void add(StepPoint point) {
        history.add(point);
        fresh.addLast(point);
        if (fresh.size() > FRESH) {
            fresh.removeFirst();
        }
    }

    private void stepped(Activity activity, StepReport.Timing timing) {
        pulse = pulse.stepped(activity, timing.step().plus(timing.dataWait()), clock.instant());
    }

    private void report(Activity now) {
        pulse = pulse.doing(now, clock.instant());
    }
}
