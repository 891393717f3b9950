package io.maestream.app.command.train;

import io.maestream.app.tail.CheckpointText;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.trainer.checkpoint.Restored;
import io.maestream.trainer.report.StepReport;
import io.maestream.trainer.report.TrainingObserver;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Says on the screen whether this trainer stands by, waits or works, and how far it is. */
final class TrainPrinter implements TrainingObserver {
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final PrintWriter out;
    private final Clock clock;
    private Instant said;
    private long imagesThen;
    private boolean waiting;

    TrainPrinter(PrintWriter out, Clock clock) {
        this.out = out;
        this.clock = clock;
        this.said = clock.instant();
    }

    @Override
    public void standingBy(String runId) {
        print(
                "Another trainer of run "
                        + runId
                        + " is active; this one stands by and takes over if that one fails");
    }

    @Override
    public void started(String runId, Optional<Restored> from) {
        imagesThen = from.map(restored -> restored.state().progress().imagesSeen()).orElse(0L);
        said = clock.instant();
        print(
                "Active, from "
                        + from.map(
                                        restored ->
                                                "checkpoint "
                                                        + restored.event().getCheckpointId()
                                                        + ", step "
                                                        + restored.state().progress().step())
                                .orElse("the beginning"));
    }

    @Override
    public void stepped(StepReport step) {
        waiting = false;
        Duration since = Duration.between(said, clock.instant());
        if (since.compareTo(EVERY) >= 0) {
            print(line(step, since));
            said = clock.instant();
            imagesThen = step.progress().imagesSeen();
        }
    }

    @Override
    public void idle(Duration waited) {
        if (!waiting && Duration.between(said, clock.instant()).compareTo(EVERY) >= 0) {
            waiting = true;
            print("Waiting for images");
        }
    }

    @Override
    public void committed(CheckpointCommitted event) {
        print("Checkpoint committed: " + CheckpointText.of(event));
    }

    private String line(StepReport step, Duration since) {
        return String.format(
                Locale.ROOT,
                "Step %d, %d images, %.1f images/s, loss %.4f, learning rate %.2e, lag %s",
                step.progress().step(),
                step.progress().imagesSeen(),
                1e3 * (step.progress().imagesSeen() - imagesThen) / since.toMillis(),
                step.result().loss(),
                step.learningRate(),
                step.lag() < 0 ? "unknown" : step.lag());
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }
}
