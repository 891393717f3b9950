package io.maestream.trainer.trigger;

import io.maestream.schemas.Trigger;
import io.maestream.schemas.TriggerKind;
import io.maestream.trainer.trigger.detect.Drift;
import io.maestream.trainer.trigger.detect.PlateauDetector.Plateau;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a checkpoint is asked for, in words that a person understands without this code.
 *
 * @param sourceId the camera that it is about
 */
record Cause(Trigger trigger, Optional<String> sourceId) {

    private static final int NAMED = 5;

    /**
     * A camera, or several at once.
     *
     * @param alarms the strongest first, at least one
     */
    static Cause drift(List<Alarm> alarms, long step) {
        Alarm first = alarms.get(0);
        Drift drift = first.drift();
        String reason =
                "drift of %s: its loss rose by %.0f %%, from %.3f to %.3f, within its %d steps up"
                        + " to step %d%s";
        return new Cause(
                trigger(
                        TriggerKind.DRIFT,
                        reason,
                        first.sourceId(),
                        100 * drift.rise(),
                        drift.before(),
                        drift.now(),
                        drift.steps(),
                        step,
                        others(alarms)),
                Optional.of(first.sourceId()));
    }

    static Cause plateau(Plateau plateau, double minImprovement, long step) {
        return new Cause(
                trigger(
                        TriggerKind.PLATEAU,
                        "plateau: the loss has not fallen by %s %% for %d steps; it is %.3f at step"
                                + " %d, and was %.3f at best",
                        percent(minImprovement),
                        plateau.steps(),
                        plateau.mean(),
                        step,
                        plateau.best()),
                Optional.empty());
    }

    static Cause improvement(CheckpointMark since, double loss, long step) {
        return new Cause(
                trigger(
                        TriggerKind.IMPROVEMENT,
                        "improvement: the loss fell by %.0f %%, from %.3f at the checkpoint of step"
                                + " %d to %.3f at step %d",
                        100 * (1 - loss / since.loss()),
                        since.loss(),
                        since.at().step(),
                        loss,
                        step),
                Optional.empty());
    }

    private static String others(List<Alarm> alarms) {
        if (alarms.size() == 1) {
            return "";
        }
        List<String> names = alarms.stream().skip(1).map(Alarm::sourceId).toList();
        String named = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        int more = names.size() - NAMED;
        return more > 0
                ? "; also %s and %d more".formatted(named, more)
                : "; also %s".formatted(named);
    }

    /** One percent is 1, half a percent 0.5. */
    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f", 100 * share).replaceFirst("\\.?0+$", "");
    }

    private static Trigger trigger(TriggerKind kind, String format, Object... values) {
        return new Trigger(kind, String.format(Locale.ROOT, format, values));
    }
}
