package io.maestream.trainer.checkpoint;

import io.maestream.schemas.Trigger;
import io.maestream.schemas.TriggerKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides at a step boundary whether a checkpoint is due.
 *
 * @param everyImages images between checkpoints, 0 for never
 * @param every time between checkpoints, zero for never
 */
public record CheckpointSchedule(long everyImages, Duration every) {

    /**
     * @param imagesSince images trained on since the last checkpoint
     * @param last when the last checkpoint was taken, or when the run began
     */
    public Optional<Trigger> due(long imagesSince, Instant last, Instant now) {
        if (imagesSince == 0) {
            return Optional.empty();
        }
        if (everyImages > 0 && imagesSince >= everyImages) {
            return Optional.of(
                    new Trigger(
                            TriggerKind.IMAGES,
                            "%d images since the last checkpoint".formatted(imagesSince)));
        }
        Duration since = Duration.between(last, now);
        if (!every.isZero() && since.isNegative()) {
            // Waiting for the clock to come back to where it was could take for ever.
            return Optional.of(
                    new Trigger(
                            TriggerKind.TIME,
                            "the clock was set back by %d s".formatted(-since.toSeconds())));
        }
        if (!every.isZero() && since.compareTo(every) >= 0) {
            return Optional.of(
                    new Trigger(
                            TriggerKind.TIME,
                            "%d s since the last checkpoint".formatted(since.toSeconds())));
        }
        return Optional.empty();
    }
}
