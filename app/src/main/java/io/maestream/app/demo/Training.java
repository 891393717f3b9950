package io.maestream.app.demo;

/** The trainer as the demo sees it. */
public interface Training {
    /** Trains until stopped, or until the step it was told; commits a last checkpoint. */
    void run();

    /** Asks for a clean stop, from any thread. */
    void stop();
}
