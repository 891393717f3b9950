package io.maestream.trainer.report;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.trainer.Progress;
import io.maestream.trainer.checkpoint.Restored;
import io.maestream.trainer.command.Request;
import io.maestream.trainer.feed.BadRecord;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what happens to the log, as key/values. */
public final class LoggingObserver implements TrainingObserver {

    private static final Logger LOG = LoggerFactory.getLogger(LoggingObserver.class);

    /** Steps of a branch between two lines. */
    private static final long TELL_EVERY = 100;

    @Override
    public void standingBy(String runId) {
        LOG.atInfo().addKeyValue(LogKeys.RUN, runId).log("standing by, another trainer is active");
    }

    @Override
    public void started(String runId, Optional<Restored> from) {
        LOG.atInfo()
                .addKeyValue(LogKeys.RUN, runId)
                .addKeyValue(
                        LogKeys.CHECKPOINT,
                        from.map(r -> r.event().getCheckpointId()).orElse("none"))
                .addKeyValue(LogKeys.STEP, from.map(r -> r.state().progress().step()).orElse(0L))
                .log("training starts");
    }

    @Override
    public void checkpointRefused(String checkpointId, String reason) {
        LOG.atError()
                .addKeyValue(LogKeys.CHECKPOINT, checkpointId)
                .addKeyValue(LogKeys.REASON, reason)
                .log("damaged checkpoint passed over, falling back to the one before");
    }

    @Override
    public void adopted(CheckpointCommitted event) {
        LOG.atWarn()
                .addKeyValue(LogKeys.RUN, event.getRunId())
                .addKeyValue(LogKeys.CHECKPOINT, event.getCheckpointId())
                .addKeyValue(LogKeys.STEP, event.getStep())
                .log(
                        "ADOPTED: the run had no events, its newest whole checkpoint is now its first");
    }

    @Override
    public void stepped(StepReport step) {
        if (!step.result().applied()) {
            LOG.atWarn()
                    .addKeyValue(LogKeys.STEP, step.progress().step())
                    .addKeyValue(LogKeys.LOSS, step.result().loss())
                    .addKeyValue(LogKeys.GRADIENT_NORM, step.result().gradientNorm())
                    .log("step skipped, loss or gradient is not finite");
        }
    }

    @Override
    public void idle(Duration waited) {
        LOG.atDebug().addKeyValue(LogKeys.WAITED, waited).log("no images arrive");
    }

    @Override
    public void checkpointLate(String checkpointId, String reason, Duration nextTry) {
        LOG.atError()
                .addKeyValue(LogKeys.CHECKPOINT, checkpointId)
                .addKeyValue(LogKeys.REASON, reason)
                .addKeyValue(LogKeys.NEXT_TRY, nextTry)
                .log("checkpoint is late, training goes on and it is tried again");
    }

    @Override
    public void committed(CheckpointCommitted event) {
        LOG.atInfo()
                .addKeyValue(LogKeys.CHECKPOINT, event.getCheckpointId())
                .addKeyValue(LogKeys.STEP, event.getStep())
                .addKeyValue(LogKeys.IMAGES, event.getImagesSeen())
                .addKeyValue(LogKeys.REASON, event.getTrigger().getReason())
                .log("checkpoint committed");
    }

    @Override
    public void wentBack(String checkpointId, Progress from) {
        LOG.atError()
                .addKeyValue(LogKeys.CHECKPOINT, checkpointId)
                .addKeyValue(LogKeys.STEP, from.step())
                .log("too many steps were not finite, the run went back to its last checkpoint");
    }

    @Override
    public void branched(String checkpointId, long steps) {
        LOG.atInfo()
                .addKeyValue(LogKeys.CHECKPOINT, checkpointId)
                .addKeyValue(LogKeys.STEPS, steps)
                .log("release begins on a branch; if the trainer dies on it, ask again");
    }

    @Override
    public void annealed(StepReport step, long until) {
        if (!step.result().applied()) {
            stepped(step);
        }
        if ((until - step.progress().step()) % TELL_EVERY == 0) {
            LOG.atInfo()
                    .addKeyValue(LogKeys.STEP, step.progress().step())
                    .addKeyValue(LogKeys.UNTIL, until)
                    .addKeyValue(LogKeys.LOSS, step.result().loss())
                    .addKeyValue(LogKeys.LEARNING_RATE, step.learningRate())
                    .log("annealing for a release");
        }
    }

    @Override
    public void releaseGivenUp(String why) {
        LOG.warn("release given up, {}", why);
    }

    @Override
    public void commanded(Request request, boolean paused) {
        LOG.atInfo()
                .addKeyValue(LogKeys.RUN, request.runId())
                .addKeyValue(LogKeys.COMMAND, request.kind())
                .addKeyValue(LogKeys.REASON, request.trigger().getReason())
                .addKeyValue(LogKeys.PAUSED, paused)
                .log("command obeyed");
    }

    @Override
    public void commandRefused(Request request, String why) {
        LOG.atWarn()
                .addKeyValue(LogKeys.RUN, request.runId())
                .addKeyValue(LogKeys.COMMAND, request.kind())
                .addKeyValue(LogKeys.REASON, request.trigger().getReason())
                .log("command refused, {}", why);
    }

    @Override
    public void badRecord(BadRecord bad) {
        LOG.atWarn()
                .addKeyValue(LogKeys.PARTITION, bad.ref().partition())
                .addKeyValue(LogKeys.OFFSET, bad.ref().offset())
                .addKeyValue(LogKeys.REASON, bad.reason())
                .log("record left out");
    }
}
