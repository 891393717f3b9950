package io.maestream.trainer;

import io.maestream.mae.TrainState;
import io.maestream.mae.TrainStep;
import io.maestream.mae.schedule.LearningRateSchedule;
import io.maestream.schemas.Trigger;
import io.maestream.schemas.TriggerKind;
import io.maestream.trainer.checkpoint.AskedFor;
import io.maestream.trainer.checkpoint.Boundary;
import io.maestream.trainer.checkpoint.CheckpointCoordinator;
import io.maestream.trainer.checkpoint.CheckpointOverdueException;
import io.maestream.trainer.checkpoint.RunState.Branch;
import io.maestream.trainer.command.RunControl;
import io.maestream.trainer.config.TrainerSettings;
import io.maestream.trainer.feed.Feed;
import io.maestream.trainer.report.BranchObserver;
import io.maestream.trainer.report.Panels;
import io.maestream.trainer.report.TrainingObserver;
import java.time.Duration;

/**
 * The way of a term: along the plateau, and off it whenever a release is asked for. Then the
 * plateau is committed, the learning rate falls on a branch of it, the release is taken, and the
 * run goes on from the committed plateau as if there had been no branch: weights, moments, step,
 * and place in the stream.
 */
final class Course {

    private final TrainerParts parts;
    private final TrainStep step;
    private final CheckpointCoordinator checkpoints;
    private final Panels panels;
    private final AskedFor releases = new AskedFor();

    Course(TrainerParts parts, TrainStep step, CheckpointCoordinator checkpoints, Panels panels) {
        this.parts = parts;
        this.step = step;
        this.checkpoints = checkpoints;
        this.panels = panels;
    }

    /** Has a release made; what is asked for while one is on its way shares it. */
    void askForRelease(Trigger trigger) {
        if (releases.isEmpty()) {
            checkpoints.ask(new Trigger(TriggerKind.COMMAND, "the plateau before a release"));
        }
        releases.add(trigger);
    }

    /**
     * Trains until {@code stop} says so.
     *
     * @param first the feed, where the run stands
     */
    void run(Intake intake, Intake.Opened first, RunControl control, StopCondition stop) {
        Intake.Opened opened = first;
        boolean ended = false;
        while (!ended) {
            Boundary left;
            try (Feed feed = opened.feed()) {
                left = plateau(feed, opened.start(), control, stop);
                if (!stop.reached(left)) {
                    branch(feed, left, control, stop);
                }
            }
            giveUp("the trainer stops; ask again when it trains");
            ended = stop.reached(left);
            if (ended) {
                // What was asked for on the branch, and the release if it got that far.
                checkpoints.finish(left);
            } else {
                opened = intake.open(new Point(checkpoints.lineage().parentId(), left));
                checkpoints.goOn(opened.feed().interleaving(), opened.lineage());
            }
        }
    }

    /** Until the run stops, or a release is asked for and the plateau is committed. */
    private Boundary plateau(Feed feed, Boundary from, RunControl control, StopCondition stop) {
        TrainerSettings.Training training = parts.settings().training();
        TrainingLoop loop =
                new TrainingLoop(
                        new TrainingLoop.Parts(
                                feed,
                                step,
                                training.schedule(),
                                checkpoints,
                                control,
                                new DivergenceGuard(training.maxSkippedSteps())),
                        parts.observer(),
                        panels,
                        from);
        StopCondition leaves = StopCondition.when(at -> stop.reached(at) || !releases.isEmpty());
        while (true) {
            try {
                return loop.run(leaves);
            } catch (CheckpointOverdueException e) {
                if (stop.reached(loop.boundary())) {
                    throw e;
                }
                giveUp("store or broker did not take the plateau in time; training goes on");
            }
        }
    }

    /** Leaves the weights as they were. */
    private void branch(Feed feed, Boundary from, RunControl control, StopCondition stop) {
        TrainState plateau = step.snapshot();
        long begin = from.progress().step();
        Branch branch = new Branch(begin, parts.settings().checkpoints().release().steps(begin));
        LearningRateSchedule rate = branch.anneal(parts.settings().training().schedule());
        DivergenceGuard bound = new DivergenceGuard(parts.settings().training().maxSkippedSteps());
        parts.observer().branched(checkpoints.lineage().parentId().orElseThrow(), branch.steps());
        TrainingObserver observer = new BranchObserver(parts.observer(), begin + branch.steps());
        new TrainingLoop(
                        new TrainingLoop.Parts(
                                feed,
                                step,
                                rate,
                                new BranchEnd(branch, end -> release(end, branch)),
                                control,
                                new DivergenceGuard(Integer.MAX_VALUE)),
                        observer,
                        new Panels(Duration.ZERO, parts.clock()),
                        from)
                .run(
                        StopCondition.when(
                                at ->
                                        stop.isRequested()
                                                || branch.isOver(at.progress())
                                                || bound.mustGoBack(at.progress())));
        step.restore(plateau);
        if (!stop.isRequested()) {
            giveUp("too many of its steps were not finite; the plateau is as it was");
        }
    }

    private void release(Boundary end, Branch branch) {
        releases.take().ifPresent(trigger -> checkpoints.release(end, trigger, branch));
    }

    /** Tells of a release that nothing comes of; nothing happens if none was asked for. */
    private void giveUp(String why) {
        releases.take().ifPresent(trigger -> parts.observer().releaseGivenUp(why));
    }
}
