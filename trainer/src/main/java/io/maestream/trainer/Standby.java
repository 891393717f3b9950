package io.maestream.trainer;

import io.maestream.mae.TrainStep;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.trainer.checkpoint.Recovery;
import io.maestream.trainer.checkpoint.Releases;
import io.maestream.trainer.checkpoint.Restored;
import io.maestream.trainer.checkpoint.RunHistory;
import io.maestream.trainer.checkpoint.UnrecoverableException;
import io.maestream.trainer.group.Ownership;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a trainer gets ready while it waits for its turn, so that the turn begins at once: the model
 * is opened, and the newest committed checkpoint is read and verified.
 */
final class Standby implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Standby.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final TrainerParts parts;
    private final Ownership ownership;
    private final Consumer<String, CheckpointCommitted> events;
    private final RunHistory history;
    private Optional<TrainStep> step = Optional.empty();
    private Optional<Restored> ready = Optional.empty();
    private Optional<Long> lookedAt = Optional.empty();
    private boolean noticed;

    Standby(TrainerParts parts, Ownership ownership) {
        this.parts = parts;
        this.ownership = ownership;
        this.events = parts.eventsConsumer();
        this.history = new RunHistory(events);
    }

    /** Called between polls of the group that brought no partitions. */
    @Override
    public void run() {
        if (!noticed && ownership.isMember()) {
            noticed = true;
            parts.observer().standingBy(parts.settings().run().id());
        }
        long now = System.nanoTime();
        if (lookedAt.isEmpty() || now - lookedAt.get() > LOOK_EVERY.toNanos()) {
            lookedAt = Optional.of(now);
            look();
        }
    }

    /** The model, opened; the precision of a run that goes on is that of its history. */
    TrainStep step(List<CheckpointCommitted> committed) {
        if (step.isEmpty()) {
            step = Optional.of(parts.openStep(committed));
        }
        return step.get();
    }

    /** The run's committed events up to now, oldest first. */
    List<CheckpointCommitted> history() {
        return history.committed(parts.settings().run().id());
    }

    /** The checkpoint to go on from; it is kept here no longer. */
    Optional<Restored> newestWhole(List<CheckpointCommitted> committed) {
        Optional<Restored> held = ready.filter(restored -> isNewest(restored, committed));
        ready = Optional.empty();
        return held.isPresent() ? held : recovery().newestWhole(committed);
    }

    @Override
    public void close() {
        step.ifPresent(TrainStep::close);
        events.close();
    }

    /** What does not succeed now is tried again, and for good when the turn comes. */
    private void look() {
        try {
            List<CheckpointCommitted> committed = history();
            if (committed.isEmpty()) {
                // The first checkpoint decides the run's precision, and so the model to open.
                return;
            }
            step(committed);
            if (ready.filter(restored -> isNewest(restored, committed)).isEmpty()) {
                // Not both at once: a model may take much of the memory.
                ready = Optional.empty();
                ready = recovery().newestWhole(committed);
            }
        } catch (KafkaException | UnrecoverableException e) {
            LOG.atWarn().setCause(e).log("the newest checkpoint could not be made ready");
        }
    }

    private Recovery recovery() {
        return new Recovery(parts.store(), parts.observer());
    }

    private static boolean isNewest(Restored restored, List<CheckpointCommitted> committed) {
        List<CheckpointCommitted> lineage = Releases.without(committed);
        return !lineage.isEmpty()
                && lineage.get(lineage.size() - 1)
                        .getCheckpointId()
                        .equals(restored.event().getCheckpointId());
    }
}
