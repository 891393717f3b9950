package io.maestream.trainer.checkpoint;

import io.maestream.checkpoints.PublishedCheckpoint;
import io.maestream.mae.ImageBatch;
import io.maestream.mae.TrainState;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.Trigger;
import io.maestream.schemas.TriggerKind;
import io.maestream.trainer.Progress;
import io.maestream.trainer.checkpoint.RunState.Branch;
import io.maestream.trainer.feed.Interleaving;
import io.maestream.trainer.group.Membership;
import io.maestream.trainer.report.TrainingObserver;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Takes checkpoints without stalling the steps: copies the run at a boundary, has the copy written
 * in the background, and at a later boundary has it committed there too, with the offsets of the
 * copy. One copy is on its way at a time.
 */
public final class CheckpointCoordinator implements Checkpointing {

    private static final Duration TICK = Duration.ofMillis(50);

    private final Tensors tensors;
    private final CheckpointPipeline pipeline;
    private final TrainingObserver observer;
    private final Clock clock;
    private final Membership group;
    private final Supplier<Optional<ImageBatch>> sample;
    private final AskedFor asked = new AskedFor();
    private Interleaving interleaving;
    private Lineage lineage;
    private String wentBackTo = "";
    private Optional<InFlight> inFlight = Optional.empty();

    /**
     * What a coordinator works on, for one term of training.
     *
     * @param tensors the model's
     * @param interleaving the order in which partitions were picked
     * @param lineage where the next checkpoint begins
     * @param group the consumer's membership, which fences a trainer that lost its partitions
     * @param sample a copy of a few recent images
     */
    public record Term(
            Tensors tensors,
            Interleaving interleaving,
            Lineage lineage,
            Membership group,
            Supplier<Optional<ImageBatch>> sample) {

        /** A term whose checkpoints have no picture. */
        public Term(Tensors tensors, Interleaving interleaving, Lineage lineage, Membership group) {
            this(tensors, interleaving, lineage, group, Optional::empty);
        }
    }

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
        this.sample = term.sample();
        this.pipeline = pipeline;
        this.observer = observer;
        this.clock = clock;
    }

    /** Moves what is on its way forward, then takes a checkpoint if one is due. */
    @Override
    public void at(Boundary boundary) {
        advance();
        if (inFlight.isEmpty()) {
            long images = boundary.progress().imagesSeen() - lineage.progress().imagesSeen();
            asked.take()
                    .or(() -> pipeline.schedule().due(images, lineage.takenAt(), clock.instant()))
                    .ifPresent(trigger -> take(boundary, trigger, Optional.empty()));
        }
    }

    /**
     * Has a checkpoint taken at the next boundary at which none is on its way, whether or not there
     * is anything new: who asks waits for its event. What is asked until then shares one.
     */
    public void ask(Trigger trigger) {
        asked.add(trigger);
    }

    /**
     * Takes a release at the end of a branch. It has the newest checkpoint as its parent, and the
     * lineage does not go on from it. It is committed beside the steps that come then.
     *
     * @param boundary of the branch, whose parent was the last thing that was on its way
     */
    public void release(Boundary boundary, Trigger trigger, Branch branch) {
        take(boundary, trigger, Optional.of(branch));
    }

    /**
     * Goes on from the newest checkpoint after a branch.
     *
     * @param reopened the order of picks of the feed that was opened there anew
     * @param from the lineage there
     */
    public void goOn(Interleaving reopened, Lineage from) {
        interleaving = reopened;
        lineage = from;
    }

    /** Where the next checkpoint begins. */
    public Lineage lineage() {
        return lineage;
    }

    /**
     * Commits what is on its way and whatever was trained since then.
     *
     * @throws CheckpointOverdueException if store or broker do not take it in time
     */
    @Override
    public void finish(Boundary boundary) {
        settle();
        if (!asked.isEmpty() || boundary.progress().step() > lineage.progress().step()) {
            Trigger stopped = new Trigger(TriggerKind.SHUTDOWN, "the trainer was stopped");
            take(boundary, asked.take().orElse(stopped), Optional.empty());
            settle();
        }
    }

    /**
     * Goes back to the last committed checkpoint's weights. The stream is not read again: what was
     * taken since then is told as skipped in the next event, since its training is undone.
     */
    @Override
    public Progress goBack(Boundary boundary) {
        if (inFlight.map(flight -> flight.isCommitting() || flight.isRelease()).orElse(false)) {
            settle();
        }
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

    private void take(Boundary boundary, Trigger trigger, Optional<Branch> branch) {
        long began = System.nanoTime();
        long admitted = boundary.feed().admitted();
        RunState state =
                new RunState(
                        pipeline.arithmetic(),
                        boundary.progress(),
                        boundary.feed(),
                        lineage.since(interleaving, admitted),
                        branch);
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
                                (System.nanoTime() - began) / 1e6),
                        sample.get());
        inFlight = Optional.of(new InFlight(snapshot, pipeline.write(snapshot)));
    }

    /** What the background has finished goes one move forward; never waits. */
    private void advance() {
        if (inFlight.isPresent()) {
            InFlight flight = inFlight.get();
            flight.readyToCommit().ifPresent(published -> beginCommit(flight, published));
            flight.committed().ifPresent(event -> committed(flight.snapshot(), event));
        }
    }

    private void beginCommit(InFlight flight, PublishedCheckpoint published) {
        CheckpointCommitted event =
                CommittedEvents.event(
                        published,
                        flight.snapshot().state(),
                        flight.snapshot().trigger(),
                        clock.instant());
        flight.committing(event, pipeline.commit(event, group.metadata(), flight.refusals()));
    }

    private void committed(Snapshot snapshot, CheckpointCommitted event) {
        inFlight = Optional.empty();
        if (!Releases.isRelease(event)) {
            lineage = lineage.after(snapshot);
            interleaving.forgetBefore(lineage.admitted());
        }
        pipeline.keep(event);
        observer.committed(event);
    }

    /** Waits until nothing is on its way any more. */
    private void settle() {
        long deadline = System.nanoTime() + pipeline.patience().toNanos();
        advance();
        while (inFlight.isPresent()) {
            if (System.nanoTime() - deadline > 0) {
                throw overdue(inFlight.get());
            }
            inFlight.get().await(TICK);
            group.keepAlive();
            advance();
        }
    }

    private CheckpointOverdueException overdue(InFlight flight) {
        return new CheckpointOverdueException(
                ("run '%s' stops without checkpoint %s, which %s did not take within %d s (the log"
                                + " says why). Repair that and start again: the images since"
                                + " checkpoint %s are then trained on again")
                        .formatted(
                                pipeline.runId(),
                                flight.snapshot().id(),
                                flight.isCommitting() ? "the broker" : pipeline.location(),
                                pipeline.patience().toSeconds(),
                                lineage.parentId().orElse("none")));
    }
}
