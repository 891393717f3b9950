package io.maestream.trainer.checkpoint;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.TriggerKind;
import java.util.List;

/**
 * Tells releases from the checkpoints of a run's lineage. A release is the end of a branch: it has
 * a parent and is nobody's, no run goes on from it, and it moves no offsets.
 */
public final class Releases {

    private Releases() {}

    /** Whether it is one. */
    public static boolean isRelease(CheckpointCommitted event) {
        return event.getTrigger().getKind() == TriggerKind.RELEASE;
    }

    /** All but the releases, in their order. */
    public static List<CheckpointCommitted> without(List<CheckpointCommitted> events) {
        return events.stream().filter(event -> !isRelease(event)).toList();
    }
}
