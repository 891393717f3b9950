package io.maestream.trainer.checkpoint;

import io.maestream.checkpoints.RetentionPolicy;
import io.maestream.mae.schedule.AnnealLength;
import java.time.Duration;

/**
 * When checkpoints are taken, and how long they stay.
 *
 * @param everyImages images between checkpoints, 0 for never
 * @param every time between checkpoints, zero for never
 * @param retention what is kept
 * @param release how long a release's branch is
 */
public record CheckpointSettings(
        long everyImages, Duration every, RetentionPolicy retention, AnnealLength release) {

    public CheckpointSettings {
        if (everyImages < 0 || every.isNegative()) {
            throw new IllegalArgumentException(
                    "checkpoint.every.images (%d) and checkpoint.every.seconds (%d) must not be"
                                    .formatted(everyImages, every.toSeconds())
                            + " negative; 0 switches the one off");
        }
    }
}
