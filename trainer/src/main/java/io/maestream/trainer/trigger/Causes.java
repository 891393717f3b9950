package io.maestream.trainer.trigger;

import io.maestream.trainer.trigger.detect.PlateauDetector.Plateau;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides whether what is known of a run after a step is a cause for a checkpoint. Pure. */
final class Causes {

    private final WatchSettings settings;

    Causes(WatchSettings settings) {
        this.settings = settings;
    }

    /**
     * The first that applies: one checkpoint serves them all.
     *
     * @param alarms cameras that have drifted, the strongest first
     * @param plateau one that was found at this step
     * @param mark the run's last checkpoint, no further than the step
     */
    Optional<Cause> first(
            RunWatch watch,
            List<Alarm> alarms,
            Optional<Plateau> plateau,
            Optional<CheckpointMark> mark) {
        return drift(watch, alarms)
                .or(() -> plateau.map(found -> plateau(watch, found)))
                .or(() -> mark.flatMap(last -> improvement(watch, last)))
                .or(() -> interval(watch, mark));
    }

    private Optional<Cause> drift(RunWatch watch, List<Alarm> alarms) {
        long step = watch.last().step();
        boolean isTooSoon =
                watch.hasDrifted() && step - watch.driftStep() < settings.drift().pace().spacing();
        return alarms.isEmpty() || isTooSoon
                ? Optional.empty()
                : Optional.of(Cause.drift(alarms, step));
    }

    private Cause plateau(RunWatch watch, Plateau found) {
        return Cause.plateau(found, settings.plateau().minImprovement(), watch.last().step());
    }

    private Optional<Cause> improvement(RunWatch watch, CheckpointMark mark) {
        long step = watch.last().step();
        long since = step - watch.asked().orLater(mark.at()).step();
        return settings.improvement().isReached(mark.loss(), watch.loss(), since)
                ? Optional.of(Cause.improvement(mark, watch.loss(), step))
                : Optional.empty();
    }

    private Optional<Cause> interval(RunWatch watch, Optional<CheckpointMark> mark) {
        Position since = mark.map(last -> watch.asked().orLater(last.at())).orElse(watch.asked());
        Position here = watch.last();
        if (here.atMillis() < since.atMillis()) {
            // A step from before the checkpoint, of which the topology heard first.
            return Optional.empty();
        }
        return settings.interval()
                .due(
                        here.images() - since.images(),
                        Instant.ofEpochMilli(since.atMillis()),
                        Instant.ofEpochMilli(here.atMillis()))
                .map(trigger -> new Cause(trigger, Optional.empty()));
    }
}
