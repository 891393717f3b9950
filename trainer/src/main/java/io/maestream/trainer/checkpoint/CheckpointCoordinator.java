package io.maestream.trainer.checkpoint;

import io.maestream.checkpoints.PublishedCheckpoint;
import io.maestream.mae.TrainState;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.Trigger;
import io.maestream.schemas.TriggerKind;
import io.maestream.trainer.checkpoint.RunState.SinceParent;
import io.maestream.trainer.feed.Interleaving;
import io.maestream.trainer.report.TrainingObserver;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;

/**
 * Takes checkpoints without stalling the steps: copies the run at a boundary, has the copy written
 * in the background, and commits it at a later boundary with the offsets of the copy. One copy is
 * on its way at a time.
 */
public final class CheckpointCoordinator {

    private final Supplier<TrainState> tensors;
    private final Interleaving interleaving;
    private final CheckpointPipeline pipeline;
    private final TrainingObserver observer;
    private final Clock clock;
    private final Supplier<ConsumerGroupMetadata> group;
    private Lineage lineage;
    private Optional<CheckpointPipeline.InFlight> inFlight = Optional.empty();

    /**
     * What a coordinator works on, for one term of training.
     *
     * @param tensors copies weights and moments to host memory
     * @param interleaving the order in which partitions were picked
     * @param lineage where the next checkpoint begins
     * @param group the consumer's membership, which fences a trainer that lost its partitions
     */
    public record Term(
            Supplier<TrainState> tensors,
            Interleaving interleaving,
            Lineage lineage,
            Supplier<ConsumerGroupMetadata> group) {}

    public CheckpointCoordinator(
            Term term, CheckpointPipeline pipeline, TrainingObserver observer, Clock clock) {
        this.tensors = term.tensors();
        this.interleaving = term.interleaving();
        this.lineage = term.lineage();
        this.group = term.group();
        this.pipeline = pipeline;
        this.observer = observer;
        this.clock = clock;
    }

    /** Commits what has been written meanwhile, then takes a checkpoint if one is due. */
    public void at(Boundary boundary) {
        if (inFlight.map(CheckpointPipeline.InFlight::isWritten).orElse(false)) {
            commit();
        }
        if (inFlight.isEmpty()) {
            long images = boundary.progress().imagesSeen() - lineage.progress().imagesSeen();
            pipeline.schedule()
                    .due(images, lineage.takenAt(), clock.instant())
                    .ifPresent(trigger -> take(boundary, trigger));
        }
    }

    /** Commits what is on its way and whatever was trained since then. */
    public void finish(Boundary boundary) {
        if (inFlight.isPresent()) {
            commit();
        }
        if (boundary.progress().step() > lineage.progress().step()) {
            take(boundary, new Trigger(TriggerKind.SHUTDOWN, "the trainer was stopped"));
            commit();
        }
    }

    private void take(Boundary boundary, Trigger trigger) {
        long began = System.nanoTime();
        long admitted = boundary.feed().admitted();
        SinceParent since =
                new SinceParent(
                        lineage.firstOffsets(),
                        lineage.losses().gaps(),
                        lineage.losses().missingReferences(),
                        interleaving.slice(lineage.admitted(), admitted));
        RunState state =
                new RunState(pipeline.runSeed(), boundary.progress(), boundary.feed(), since);
        Snapshot snapshot =
                new Snapshot(
                        pipeline.newId(boundary.progress().step()),
                        lineage.parentId(),
                        clock.instant(),
                        trigger,
                        tensors.get(),
                        state,
                        Map.of(
                                "loss",
                                boundary.loss(),
                                "stallMillis",
                                (System.nanoTime() - began) / 1e6));
        inFlight = Optional.of(pipeline.write(snapshot));
    }

    /** Waits for the files if they are still being written. */
    private void commit() {
        CheckpointPipeline.InFlight written = inFlight.orElseThrow();
        PublishedCheckpoint published = written.join();
        CheckpointCommitted event =
                CommittedEvents.event(published, written.snapshot(), clock.instant());
        pipeline.commit(event, group.get());
        inFlight = Optional.empty();
        lineage = lineage.after(written.snapshot());
        interleaving.forgetBefore(lineage.admitted());
        observer.committed(event);
    }
}
