package io.maestream.app.demo;

import io.maestream.app.tail.CheckpointText;
import io.maestream.schemas.CheckpointCommitted;
import java.util.concurrent.atomic.AtomicLong;

/** Prints a line for each committed checkpoint of one run, and counts them. */
public final class CheckpointEventPrinter {
    private final Screen screen;
    private final String runId;
    private final AtomicLong committed = new AtomicLong();

    /** Prints to this screen. */
    public CheckpointEventPrinter(Screen screen, String runId) {
        this.screen = screen;
        this.runId = runId;
    }

    /** Takes an event that a consumer has read. */
    public void print(CheckpointCommitted event) {
        if (event.getRunId().equals(runId)) {
            committed.incrementAndGet();
            screen.line("checkpoint committed: " + CheckpointText.of(event));
        }
    }

    /** How many were committed since this printer began. */
    public long count() {
        return committed.get();
    }
}
