package io.maestream.trainer.report;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.trainer.Progress;
import io.maestream.trainer.checkpoint.Restored;
import io.maestream.trainer.command.Request;
import io.maestream.trainer.feed.BadRecord;
import io.maestream.trainer.feed.StreamWatcher;
import java.time.Duration;
import java.util.Optional;

/**
 * Told about everything of interest that the trainer does; implementations log, meter or publish.
 * Called on the training thread unless said otherwise, so they must not block.
 */
public interface TrainingObserver extends StreamWatcher {

    /** The group has made this trainer wait: another one is active. */
    default void standingBy(String runId) {}

    /** A committed and verified checkpoint is about to go into the model. */
    default void restoring(String checkpointId) {}

    /** Training begins: anew, or from a checkpoint. */
    default void started(String runId, Optional<Restored> from) {}

    /** A checkpoint was passed over at the start because it is damaged. */
    default void checkpointRefused(String checkpointId, String reason) {}

    /** A run without events goes on from a checkpoint that it found. */
    default void adopted(CheckpointCommitted event) {}

    /**
     * A step is about to be made.
     *
     * @param step steps applied before it
     */
    default void stepping(long step) {}

    /** One step was made, or skipped because it was not finite. */
    default void stepped(StepReport step) {}

    /** Nothing to train on arrived within a while. */
    default void idle(Duration waited) {}

    /** All of a checkpoint's commit but its end is done; called on the writing thread. */
    default void committing(CheckpointCommitted event) {}

    /**
     * Store or broker do not take a checkpoint; it is tried again, and training goes on. Called on
     * the writing thread.
     */
    default void checkpointLate(String checkpointId, String reason, Duration nextTry) {}

    /** A checkpoint and its offsets were committed. */
    default void committed(CheckpointCommitted event) {}

    /** Too many steps were not finite: the weights are those of a checkpoint again. */
    default void wentBack(String checkpointId, Progress from) {}

    /**
     * A release begins: the plateau is committed, and the learning rate falls from here.
     *
     * @param checkpointId the plateau's, to which the run goes back after that
     * @param steps of the branch
     */
    default void branched(String checkpointId, long steps) {}

    /**
     * One step was made on the branch of a release; it is none of the run's.
     *
     * @param until the step at which the branch ends
     */
    default void annealed(StepReport step, long until) {}

    /** Nothing will come of a release that was asked for. */
    default void releaseGivenUp(String why) {}

    /** A record was left out; called on a decoding thread. */
    default void badRecord(BadRecord bad) {}

    /**
     * A command is obeyed.
     *
     * @param paused whether the run is paused now
     */
    default void commanded(Request request, boolean paused) {}

    /** A command for this run is not obeyed. */
    default void commandRefused(Request request, String why) {}

    /** A reconstruction panel was drawn. */
    default void panel(PanelSample panel) {}
}
