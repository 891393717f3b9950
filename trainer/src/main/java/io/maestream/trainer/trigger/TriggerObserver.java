package io.maestream.trainer.trigger;

import io.maestream.schemas.CheckpointRequested;
import io.maestream.schemas.Trigger;
import io.maestream.schemas.streams.StreamsObserver;
import java.time.Duration;

/** Told what is asked for; called from the watching thread. */
public interface TriggerObserver extends StreamsObserver {

    /** Tells nobody. */
    TriggerObserver NONE = new TriggerObserver() {};

    /** A checkpoint is asked for. */
    default void asked(CheckpointRequested request) {}

    /** Something was found in a step of this age, and no checkpoint is asked for any more. */
    default void tooLate(String runId, Trigger trigger, Duration age) {}

    /** A camera is not watched for the run has more than may be remembered. */
    default void unwatched(String runId, String sourceId, int limit) {}
}
