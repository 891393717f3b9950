package io.maestream.trainer.checkpoint;

import io.maestream.checkpoints.CheckpointStore;
import io.maestream.checkpoints.Manifest;
import io.maestream.checkpoints.Retention;
import io.maestream.checkpoints.RetentionPolicy;
import io.maestream.schemas.CheckpointCommitted;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies retention to a run's checkpoints after every commit. A failure is logged: it costs room,
 * not the training.
 */
public final class RetentionKeeper implements CheckpointKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionKeeper.class);

    private final CheckpointStore store;
    private final RetentionPolicy policy;
    private final Clock clock;
    private final Set<String> committed = new HashSet<>();

    /**
     * @param history all events of the run so far
     */
    public RetentionKeeper(
            CheckpointStore store,
            RetentionPolicy policy,
            Clock clock,
            List<CheckpointCommitted> history) {
        this.store = store;
        this.policy = policy;
        this.clock = clock;
        history.forEach(event -> committed.add(event.getCheckpointId()));
    }

    @Override
    public void keep(CheckpointCommitted newest) {
        committed.add(newest.getCheckpointId());
        try {
            Instant now = clock.instant();
            List<Manifest> present = manifests(newest.getRunId());
            for (String id : Retention.decide(present, committed, policy, now)) {
                store.delete(id);
                LOG.atInfo().addKeyValue("checkpoint", id).log("deleted by retention");
            }
            store.sweepAbandoned(now.minus(policy.grace()));
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("retention could not be applied");
        }
    }

    private List<Manifest> manifests(String runId) throws IOException {
        List<Manifest> manifests = new ArrayList<>();
        for (String id : store.ids()) {
            manifest(id).filter(m -> m.runId().equals(runId)).ifPresent(manifests::add);
        }
        return manifests;
    }

    /** One that cannot be read is somebody's to look at, not to delete. */
    private Optional<Manifest> manifest(String id) {
        try {
            return Optional.of(store.manifest(id));
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("checkpoint", id).setCause(e).log("passed over by retention");
            return Optional.empty();
        }
    }
}
