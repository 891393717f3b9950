package io.maestream.app.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts stages one after the other and stops them the other way round, whatever fails. */
public final class Stages implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Stages.class);

    private final Deque<Stage> started = new ArrayDeque<>();

    /** Starts a stage; one that fails halfway is stopped with the others. */
    public void start(Stage stage) {
        LOG.info("Starting {}", stage.name());
        started.push(stage);
        stage.start();
    }

    /** Stops all that were started; the first failure is thrown when all have been tried. */
    @Override
    public void close() {
        RuntimeException failure = null;
        while (!started.isEmpty()) {
            Stage stage = started.pop();
            LOG.info("Stopping {}", stage.name());
            try {
                stage.stop();
            } catch (RuntimeException e) {
                LOG.error("Stopping {} failed", stage.name(), e);
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
