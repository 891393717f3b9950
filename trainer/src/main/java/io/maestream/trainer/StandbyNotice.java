package io.maestream.trainer;

import io.maestream.trainer.report.TrainingObserver;

/** Says once that this trainer stands by, after the group had time to decide. */
final class StandbyNotice implements Runnable {

    private static final int POLLS_BEFORE_NOTICE = 15;

    private final TrainingObserver observer;
    private final String runId;
    private int polls;

    StandbyNotice(TrainingObserver observer, String runId) {
        this.observer = observer;
        this.runId = runId;
    }

    @Override
    public void run() {
        if (++polls == POLLS_BEFORE_NOTICE) {
            observer.standingBy(runId);
        }
    }
}
