package io.maestream.app.fault;

import io.maestream.checkpoints.PublishPoint;
import java.util.Optional;

/** Where a trainer is killed. */
public enum KillPoint {
    /** A checkpoint is due, nothing is written. */
    BEFORE_TMP(PublishPoint.BEFORE_DRAFT),
    /** A file is half written. */
    MID_WRITE(PublishPoint.MID_WRITE),
    /** All files are there, what makes them a checkpoint is not. */
    BEFORE_MANIFEST(PublishPoint.BEFORE_MANIFEST),
    /** The checkpoint is whole, but hidden. */
    BEFORE_RENAME(PublishPoint.BEFORE_RENAME),
    /** The checkpoint is visible, but no event names it. */
    AFTER_RENAME(PublishPoint.AFTER_RENAME),
    /** Event and offsets are sent, their transaction is open. */
    IN_TRANSACTION(null),
    /** The transaction is committed, the trainer does not know what to make of it yet. */
    AFTER_COMMIT(null),
    /** Weights are changing. */
    MID_STEP(null),
    /** A checkpoint is being read back. */
    IN_RESTORE(null),
    /** Whatever the trainer is doing at that moment. */
    RANDOM_TIME(null);

    private final PublishPoint publishPoint;

    KillPoint(PublishPoint publishPoint) {
        this.publishPoint = publishPoint;
    }

    /** The one that the store reports. */
    static Optional<KillPoint> of(PublishPoint point) {
        for (KillPoint candidate : values()) {
            if (candidate.publishPoint == point) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
