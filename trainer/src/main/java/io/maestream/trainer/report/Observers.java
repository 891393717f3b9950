package io.maestream.trainer.report;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.trainer.Progress;
import io.maestream.trainer.checkpoint.Restored;
import io.maestream.trainer.command.Request;
import io.maestream.trainer.feed.BadRecord;
import io.maestream.trainer.feed.PartitionId;
import io.maestream.trainer.feed.StreamRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Several observers as one; each is told in turn. */
public record Observers(List<TrainingObserver> all) implements TrainingObserver {

    public Observers {
        all = List.copyOf(all);
    }

    @Override
    public void arrived(String sourceId, StreamRecord record) {
        all.forEach(observer -> observer.arrived(sourceId, record));
    }

    @Override
    public void waiting(Map<PartitionId, Long> records) {
        all.forEach(observer -> observer.waiting(records));
    }

    @Override
    public void standingBy(String runId) {
        all.forEach(observer -> observer.standingBy(runId));
    }

    @Override
    public void restoring(String checkpointId) {
        all.forEach(observer -> observer.restoring(checkpointId));
    }

    @Override
    public void started(String runId, Optional<Restored> from) {
        all.forEach(observer -> observer.started(runId, from));
    }

    @Override
    public void checkpointRefused(String checkpointId, String reason) {
        all.forEach(observer -> observer.checkpointRefused(checkpointId, reason));
    }

    @Override
    public void adopted(CheckpointCommitted event) {
        all.forEach(observer -> observer.adopted(event));
    }

    @Override
    public void stepping(long step) {
        all.forEach(observer -> observer.stepping(step));
    }

    @Override
    public void stepped(StepReport step) {
        all.forEach(observer -> observer.stepped(step));
    }

    @Override
    public void idle(Duration waited) {
        all.forEach(observer -> observer.idle(waited));
    }

    @Override
    public void committing(CheckpointCommitted event) {
        all.forEach(observer -> observer.committing(event));
    }

    @Override
    public void checkpointLate(String checkpointId, String reason, Duration nextTry) {
        all.forEach(observer -> observer.checkpointLate(checkpointId, reason, nextTry));
    }

    @Override
    public void committed(CheckpointCommitted event) {
        all.forEach(observer -> observer.committed(event));
    }

    @Override
    public void wentBack(String checkpointId, Progress from) {
        all.forEach(observer -> observer.wentBack(checkpointId, from));
    }

    @Override
    public void branched(String checkpointId, long steps) {
        all.forEach(observer -> observer.branched(checkpointId, steps));
    }

    @Override
    public void annealed(StepReport step, long until) {
        all.forEach(observer -> observer.annealed(step, until));
    }

    @Override
    public void releaseGivenUp(String why) {
        all.forEach(observer -> observer.releaseGivenUp(why));
    }

    @Override
    public void badRecord(BadRecord bad) {
        all.forEach(observer -> observer.badRecord(bad));
    }

    @Override
    public void commanded(Request request, boolean paused) {
        all.forEach(observer -> observer.commanded(request, paused));
    }

    @Override
    public void commandRefused(Request request, String why) {
        all.forEach(observer -> observer.commandRefused(request, why));
    }

    @Override
    public void panel(PanelSample panel) {
        all.forEach(observer -> observer.panel(panel));
    }
}
