package io.maestream.app.demo;

/** A part of the process that is started before those that need it and stopped after them. */
public interface Stage {
    /** What a person calls it. */
    String name();

    /** Starts it; returns when others can rely on it. */
    void start();

    /** Stops it in an orderly way and returns when it has ended. */
    void stop();
}
