package io.maestream.trainer.checkpoint;

import io.maestream.checkpoints.PublishedCheckpoint;
import io.maestream.mae.TrainState;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.Trigger;
import io.maestream.schemas.TriggerKind;
import io.maestream.trainer.Progress;
import io.maestream.trainer.feed.Interleaving;
import io.maestream.trainer.report.TrainingObserver;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;

/**
 * Takes checkpoints without stalling the steps: copies the run at a boundary, has the copy written
 * in the background, and commits it at a later boundary with the offsets of the copy. One copy is
 * on its way at a time.
 */
public final class CheckpointCoordinator implements Checkpointing {

    private final Tensors tensors;
    private final Interleaving interleaving;
    private final CheckpointPipeline pipeline;
    private final TrainingObserver observer;
    private final Clock clock;
    private final Supplier<ConsumerGroupMetadata> group;
    private Lineage lineage;
    private String wentBackTo = "";
    private Optional<CheckpointPipeline.InFlight> inFlight = Optional.empty();

    /**
     * What a coordinator works on, for one term of training.
     *
     * @param tensors the model's
     * @param interleaving the order in which partitions were picked
     * @param lineage where the next checkpoint begins
     * @param group the consumer's membership, which fences a trainer that lost its partitions
     */
    public record Term(
            Tensors tensors,
            Interleaving interleaving,
            Lineage lineage,
            Supplier<ConsumerGroupMetadata> group) {}

    /**
     * The way to a model's arrays.
     *
     * @param copy copies weights and moments to host memory
     * @param restore goes back to a copy
     */
    public record Tensors(Supplier<TrainState> copy, Consumer<TrainState> restore) {}

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
    @Override
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
    @Override
    public void finish(Boundary boundary) {
        if (inFlight.isPresent()) {
            commit();
        }
        if (boundary.progress().step() > lineage.progress().step()) {
            take(boundary, new Trigger(TriggerKind.SHUTDOWN, "the trainer was stopped"));
            commit();
        }
    }

    /**
     * Goes back to the last committed checkpoint's weights. The stream is not read again: what was
     * taken since then is told as skipped in the next event, since its training is undone.
     */
    @Override
    public Progress goBack(Boundary boundary) {
        inFlight.ifPresent(CheckpointPipeline.InFlight::join);
        inFlight = Optional.empty();
        String parent = lineage.parentId().orElseThrow(() -> diverged("has no checkpoint yet"));
        if (parent.equals(wentBackTo)) {
            throw diverged("went back to checkpoint " + parent + " and diverged again");
        }
        wentBackTo = parent;
        long parentStep = lineage.progress().step();
        tensors.restore().accept(pipeline.read(parent, parentStep));
        lineage = lineage.passingOver(boundary.feed());
        interleaving.forgetBefore(lineage.admitted());
        observer.wentBack(parent, boundary.progress());
        return new Progress(
                parentStep, lineage.progress().imagesSeen(), boundary.progress().skippedSteps(), 0);
    }

    private DivergedException diverged(String why) {
        return new DivergedException(
                ("run '%s' diverged: too many steps in a row were not finite, and it %s. Try a lower"
                                + " train.learning.rate, or train.precision=fp32")
                        .formatted(pipeline.runId(), why));
    }

    private void take(Boundary boundary, Trigger trigger) {
        long began = System.nanoTime();
        long admitted = boundary.feed().admitted();
        RunState state =
                new RunState(
                        pipeline.arithmetic(),
                        boundary.progress(),
                        boundary.feed(),
                        lineage.since(interleaving, admitted));
        Snapshot snapshot =
                new Snapshot(
                        pipeline.newId(boundary.progress().step()),
                        lineage.parentId(),
                        clock.instant(),
                        trigger,
                        tensors.copy().get(),
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
                CommittedEvents.event(
                        published,
                        written.snapshot().state(),
                        written.snapshot().trigger(),
                        clock.instant());
        pipeline.commit(event, group.get());
        inFlight = Optional.empty();
        lineage = lineage.after(written.snapshot());
        interleaving.forgetBefore(lineage.admitted());
        observer.committed(event);
    }
}
