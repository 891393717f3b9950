package io.maestream.trainer.command;

import io.maestream.schemas.Trigger;
import io.maestream.trainer.report.TrainingObserver;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A run that obeys: takes checkpoints, makes releases, pauses, goes on and stops when it is asked
 * to.
 */
public final class CommandedRun implements RunControl {

    /** Well below the time after which a group takes a silent member for dead. */
    private static final Duration WAIT = Duration.ofMillis(250);

    private final Requests requests;
    private final Admission admission;
    private final Powers powers;
    private final TrainingObserver observer;
    private boolean paused;

    /**
     * What a command can make happen.
     *
     * @param checkpoint has one taken at this boundary, or as soon as none is on its way
     * @param release has one made from this boundary on
     * @param stop ends training at this boundary
     * @param keepAlive takes part in the consumer group while no steps are made
     */
    public record Powers(
            Consumer<Trigger> checkpoint,
            Consumer<Trigger> release,
            Runnable stop,
            Runnable keepAlive) {}

    public CommandedRun(String runId, Requests requests, Powers powers, TrainingObserver observer) {
        this.requests = requests;
        this.admission = new Admission(runId);
        this.powers = powers;
        this.observer = observer;
    }

    @Override
    public boolean mayStep() {
        requests.poll(paused ? WAIT : Duration.ZERO).stream()
                .filter(admission::admits)
                .forEach(this::obey);
        if (paused) {
            powers.keepAlive().run();
        }
        return !paused;
    }

    private void obey(Request request) {
        switch (request.kind()) {
            case CHECKPOINT -> powers.checkpoint().accept(request.trigger());
            case RELEASE -> powers.release().accept(request.trigger());
            case PAUSE -> paused = true;
            case RESUME -> paused = false;
            case STOP -> {
                powers.checkpoint().accept(request.trigger());
                powers.stop().run();
            }
            default -> {
                observer.commandRefused(request, "this trainer cannot do that");
                return;
            }
        }
        observer.commanded(request, paused);
    }
}
