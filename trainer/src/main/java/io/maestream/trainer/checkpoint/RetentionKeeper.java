package io.maestream.trainer.checkpoint;

import io.maestream.checkpoints.CheckpointStore;
import io.maestream.checkpoints.RetentionPolicy;
import io.maestream.schemas.CheckpointCommitted;
import java.time.Clock;

/** placeholder until Retention's API is merged */
public final class RetentionKeeper implements CheckpointKeeper {
    public RetentionKeeper(CheckpointStore store, RetentionPolicy policy, Clock clock) {}

    @Override
    public void keep(CheckpointCommitted newest) {}
}
