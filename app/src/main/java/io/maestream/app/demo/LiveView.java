package io.maestream.app.demo;

/** Shows how training goes on. */
public interface LiveView extends AutoCloseable {
    /** Training as it is now; called for every step, the view decides what to draw. */
    void show(TrainingState state);

    @Override
    void close();
}
