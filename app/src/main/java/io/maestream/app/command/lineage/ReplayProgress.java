package io.maestream.app.command.lineage;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.trainer.report.StepReport;
import io.maestream.trainer.report.TrainingObserver;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Says now and then how far a replay is. */
final class ReplayProgress implements TrainingObserver {

    private static final long EVERY = Duration.ofSeconds(2).toNanos();

    private final PrintWriter out;
    private final CheckpointCommitted event;
    private final LongSupplier nanoTime;
    private long last;

    /**
     * @param out where progress is told, so that results stay apart
     * @param nanoTime the clock
     */
    ReplayProgress(PrintWriter out, CheckpointCommitted event, LongSupplier nanoTime) {
        this.out = out;
        this.event = event;
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    @Override
    public void stepped(StepReport step) {
        long now = nanoTime.getAsLong();
        if (now - last >= EVERY) {
            last = now;
            out.println(
                    "replaying %s: step %d of %d"
                            .formatted(
                                    event.getCheckpointId(),
                                    step.progress().step(),
                                    event.getStep()));
            out.flush();
        }
    }
}
