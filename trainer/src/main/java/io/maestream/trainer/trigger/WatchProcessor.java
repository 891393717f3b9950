package io.maestream.trainer.trigger;

import io.maestream.schemas.CheckpointRequested;
import io.maestream.schemas.StepMetrics;
import io.maestream.schemas.Trigger;
import io.maestream.schemas.TriggerKind;
import io.maestream.schemas.wire.CloudEventHeaders;
import io.maestream.trainer.trigger.detect.PlateauDetector;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Looks at every step of every run once and asks for a checkpoint where one is worth it; one at
 * most for a step. All time is that of steps: where nothing is trained, nothing is asked for.
 */
final class WatchProcessor implements Processor<String, StepMetrics, String, CheckpointRequested> {

    private static final String REQUESTED = "io.maestream.checkpoint.requested";

    private final WatchSettings settings;
    private final TriggerObserver observer;
    private final Clock clock;
    private final PlateauDetector plateaus;
    private final Causes causes;
    private ProcessorContext<String, CheckpointRequested> context;
    private KeyValueStore<String, RunWatch> runs;
    private KeyValueStore<String, CheckpointMark> checkpoints;
    private CameraWatches cameras;

    WatchProcessor(WatchSettings settings, TriggerObserver observer, Clock clock) {
        this.settings = settings;
        this.observer = observer;
        this.clock = clock;
        this.plateaus = new PlateauDetector(settings.plateau());
        this.causes = new Causes(settings);
    }

    @Override
    public void init(ProcessorContext<String, CheckpointRequested> context) {
        this.context = context;
        this.runs = context.getStateStore(TriggerStores.RUNS);
        this.checkpoints = context.getStateStore(TriggerStores.CHECKPOINTS);
        this.cameras =
                new CameraWatches(context.getStateStore(TriggerStores.CAMERAS), settings.drift());
        WatchSweep.schedule(context, runs, cameras);
    }

    @Override
    public void process(Record<String, StepMetrics> record) {
        StepMetrics step = record.value();
        if (step == null || step.getSkipped() || !Float.isFinite(step.getLoss())) {
            return;
        }
        String runId = step.getRunId();
        RunWatch before = runs.get(runId);
        Optional<CheckpointMark> mark = Optional.ofNullable(checkpoints.get(runId));
        if (before == null || step.getStep() > before.last().step()) {
            look(step, before, mark.filter(found -> found.at().step() <= step.getStep()));
        } else if (mark.isPresent() && step.getStep() < mark.get().at().step()) {
            // No trainer goes back behind its last checkpoint: this is another run by that name.
            cameras.forget(runId, Long.MAX_VALUE);
            look(step, null, Optional.empty());
        }
        // Else it is trained again after a crash or a roll-back: it was looked at the first time.
    }

    private void look(StepMetrics step, RunWatch before, Optional<CheckpointMark> mark) {
        Position here = Position.of(step);
        RunWatch watch =
                before == null
                        ? RunWatch.first(here, step.getLoss())
                        : before.at(here, step.getLoss());
        CameraWatches.Seen seen = see(step, watch.sources());
        seen.unwatched()
                .ifPresent(
                        id ->
                                observer.unwatched(
                                        step.getRunId(), id, settings.drift().pace().maxSources()));
        PlateauDetector.Next plateau = plateaus.next(watch.plateau(), step.getLoss());
        watch = watch.withSources(seen.sources()).with(plateau.state());
        Optional<Cause> cause = causes.first(watch, seen.alarms(), plateau.plateau(), mark);
        if (cause.isPresent()) {
            boolean isDrift = cause.get().trigger().getKind() == TriggerKind.DRIFT;
            watch = watch.asking(isDrift);
            if (isDrift) {
                cameras.told(step.getRunId(), seen.alarms(), step.getStep());
            }
            ask(step, cause.get());
        }
        runs.put(step.getRunId(), watch);
    }

    private CameraWatches.Seen see(StepMetrics step, int sources) {
        return settings.drift().isOn()
                ? cameras.see(step, sources)
                : new CameraWatches.Seen(sources, List.of(), Optional.empty());
    }

    private void ask(StepMetrics step, Cause cause) {
        Instant now = clock.instant();
        Duration age = Duration.between(step.getAt(), now);
        if (age.compareTo(settings.maxAge()) > 0) {
            observer.tooLate(step.getRunId(), cause.trigger(), age);
            return;
        }
        CheckpointRequested request =
                CheckpointRequested.newBuilder()
                        .setRequestId(requestId(step, cause.trigger()))
                        .setRunId(step.getRunId())
                        .setTrigger(cause.trigger())
                        .setRequestedAt(now)
                        .setSourceId(cause.sourceId().orElse(null))
                        .build();
        observer.asked(request);
        context.forward(
                new Record<>(step.getRunId(), request, now.toEpochMilli(), headers(request)));
    }

    /** The same for the same record, if it is processed again after an aborted transaction. */
    private String requestId(StepMetrics step, Trigger trigger) {
        long offset = context.recordMetadata().map(at -> at.offset()).orElse(-1L);
        String kind = trigger.getKind().name().toLowerCase(Locale.ROOT);
        return "%s-%d-%s-%d".formatted(step.getRunId(), step.getStep(), kind, offset);
    }

    private static Headers headers(CheckpointRequested request) {
        Headers headers = new RecordHeaders();
        CloudEventHeaders.add(
                headers,
                request.getRequestId(),
                REQUESTED,
                "/maestream/triggers",
                request.getRequestedAt());
        return headers;
    }
}
