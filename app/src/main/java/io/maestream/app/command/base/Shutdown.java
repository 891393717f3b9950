package io.maestream.app.command.base;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Turns Ctrl-C and SIGTERM into an orderly stop: the running command is told to stop, and the JVM
 * waits for it to finish and exits with its own status.
 *
 * <p>Without this the JVM would exit with 130 or 143, in the middle of whatever is under way.
 */
public final class Shutdown {
    private final AtomicReference<Runnable> stopAction = new AtomicReference<>();
    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final AtomicReference<Optional<Integer>> status =
            new AtomicReference<>(Optional.empty());
    private final Duration patience;
    private final IntConsumer halt;

    /** Waits up to two minutes for the command and then halts this JVM. */
    public Shutdown() {
        this(Duration.ofMinutes(2), Runtime.getRuntime()::halt);
    }

    Shutdown(Duration patience, IntConsumer halt) {
        this.patience = patience;
        this.halt = halt;
    }

    /** Makes the JVM call {@link #request()} on its way out. */
    public void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::runHook, "maestream-shutdown"));
    }

    /**
     * Runs a command's work and, on a request, whatever makes it return soon. The action may be
     * called from any thread, and before the work has begun if the request came that early.
     */
    public void stoppable(Runnable stop, Runnable work) {
        stopAction.set(stop);
        try {
            if (isRequested()) {
                runAction();
            }
            work.run();
        } finally {
            stopAction.set(null);
        }
    }

    /** Asks the running command to stop; only the first request counts. */
    public void request() {
        requested.countDown();
        runAction();
    }

    /** Whether a stop was requested. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits for a request at most this long; true if there was one. */
    public boolean await(Duration atMost) throws InterruptedException {
        return requested.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits for a request. */
    public void await() throws InterruptedException {
        requested.await();
    }

    /** Tells the hook that the command has ended, with which exit status. */
    public void commandFinished(int exitStatus) {
        status.set(Optional.of(exitStatus));
        finished.countDown();
    }

    private void runAction() {
        Runnable action = stopAction.getAndSet(null);
        if (action != null) {
            action.run();
        }
    }

    /** In the hook the status is settled as a signal's; only halting can still change it. */
    void runHook() {
        if (finished.getCount() == 0) {
            return;
        }
        request();
        try {
            if (!finished.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("maestream: the command did not stop within " + patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        halt.accept(status.get().orElse(ExitCode.UNEXPECTED.status()));
    }
}
