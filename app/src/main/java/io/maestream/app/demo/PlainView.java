package io.maestream.app.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A line every few seconds, for logs and pipes. */
final class PlainView implements LiveView {
    private final Screen screen;
    private final Duration every;
    private final Clock clock;
    private Instant last = Instant.EPOCH;

    PlainView(Screen screen, Duration every, Clock clock) {
        this.screen = screen;
        this.every = every;
        this.clock = clock;
    }

    @Override
    public void show(TrainingState state) {
        Instant now = clock.instant();
        if (Duration.between(last, now).compareTo(every) >= 0) {
            last = now;
            screen.line(state.line());
        }
    }

    @Override
    public void close() {}
}
