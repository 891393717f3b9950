package io.maestream.app.command;

import io.maestream.trainer.checkpoint.Restored;
import io.maestream.trainer.report.TrainingObserver;
import java.io.PrintWriter;
import java.util.Optional;

/** Says on the screen whether this trainer waits or works. */
final class TurnPrinter implements TrainingObserver {
    private final PrintWriter out;

    TurnPrinter(PrintWriter out) {
        this.out = out;
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

    private void print(String line) {
        out.println(line);
        out.flush();
    }
}
