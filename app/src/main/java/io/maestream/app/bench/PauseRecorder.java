package io.maestream.app.bench;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.trainer.report.StepReport;
import io.maestream.trainer.report.TrainingObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures what lies between the end of a step and the beginning of the next one, without the wait
 * for images: that is the pause of a checkpoint where one was taken, and next to nothing elsewhere.
 */
final class PauseRecorder implements TrainingObserver {
    private static final int WARMUP_STEPS = 5;

    private final Map<Long, Double> millisAfterStep = new HashMap<>();
    private final List<Double> stepMillis = new ArrayList<>();
    private final List<CheckpointCommitted> committed = new ArrayList<>();
    private int wanted;
    private Runnable stop = () -> {};
    private long endOfStep;
    private long beginOfNext;

    PauseRecorder stoppingAfter(int checkpoints, Runnable action) {
        wanted = checkpoints;
        stop = action;
        return this;
    }

    @Override
    public void stepping(long step) {
        beginOfNext = System.nanoTime();
    }

    @Override
    public void stepped(StepReport report) {
        long step = report.progress().step();
        if (endOfStep != 0) {
            double waited = report.timing().dataWait().toNanos() / 1e6;
            millisAfterStep.put(step - 1, (beginOfNext - endOfStep) / 1e6 - waited);
        }
        stepMillis.add(report.timing().step().toNanos() / 1e6);
        endOfStep = System.nanoTime();
    }

    @Override
    public void committed(CheckpointCommitted event) {
        committed.add(event);
        if (committed.size() == wanted) {
            stop.run();
        }
    }

    CheckpointReport report() {
        List<Double> pauses = new ArrayList<>();
        List<Double> copies = new ArrayList<>();
        for (CheckpointCommitted event : committed) {
            if (millisAfterStep.containsKey(event.getStep())) {
                pauses.add(millisAfterStep.get(event.getStep()));
                copies.add(event.getMetrics().get("stallMillis"));
            }
        }
        return new CheckpointReport(
                new Series(pauses),
                new Series(copies),
                new Series(stepMillis.subList(WARMUP_STEPS, stepMillis.size())));
    }
}
