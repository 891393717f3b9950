package io.maestream.app.demo;

import java.time.Clock;
import java.time.Duration;

/**
 * Where a session is shown.
 *
 * @param screen lines and status
 * @param terminal whether a bar can be drawn
 * @param columns the terminal's width
 */
public record DemoDisplay(Screen screen, boolean terminal, int columns) {
    private static final Duration PLAIN_EVERY = Duration.ofSeconds(5);

    /** A bar on a terminal, a line every 5 s elsewhere. */
    LiveView live(Bound bound) {
        return terminal
                ? new ProgressBarView(screen, bound, columns)
                : new PlainView(screen, PLAIN_EVERY, Clock.systemUTC());
    }
}
