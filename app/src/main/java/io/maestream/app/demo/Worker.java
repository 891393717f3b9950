package io.maestream.app.demo;

import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stage that is a thread: something to run, and a way to ask it to return. */
public final class Worker implements Stage {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final String name;
    private final Runnable body;
    private final Runnable askToStop;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;

    /** The body must return soon after it is asked to stop. */
    public Worker(String name, Runnable body, Runnable askToStop) {
        this.name = name;
        this.body = body;
        this.askToStop = askToStop;
        this.thread = new Thread(this::runBody, name);
        thread.setDaemon(true);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        thread.start();
    }

    /** Asks and waits; a failure of the body is not thrown here but kept in {@link #ended()}. */
    @Override
    public void stop() {
        askToStop.run();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Completes when the body has returned, exceptionally if it threw. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    private void runBody() {
        try {
            body.run();
            ended.complete(null);
        } catch (RuntimeException | Error e) {
            LOG.error("{} failed", name, e);
            ended.completeExceptionally(e);
        }
    }
}
