package io.maestream.app.demo;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What ends a session, and so how far it is.
 *
 * @param fromStep the step at which it began
 * @param untilStep the step at which it ends, or empty
 * @param duration how long it trains, or empty
 */
record Bound(long fromStep, OptionalLong untilStep, Optional<Duration> duration) {
    /** The share that is done, 0 to 1, or empty for a session without end. */
    OptionalDouble share(long step, Duration elapsed) {
        if (untilStep.isEmpty() && duration.isEmpty()) {
            return OptionalDouble.empty();
        }
        double steps = 0;
        if (untilStep.isPresent()) {
            long all = Math.max(1, untilStep.getAsLong() - fromStep);
            steps = (step - fromStep) / (double) all;
        }
        double time =
                duration.map(all -> elapsed.toMillis() / (double) Math.max(1, all.toMillis()))
                        .orElse(0.0);
        return OptionalDouble.of(Math.min(1, Math.max(0, Math.max(steps, time))));
    }

    /** Step and time, each with its end if there is one. */
    String words(long step, Duration elapsed) {
        String steps =
                untilStep.isPresent() ? step + "/" + untilStep.getAsLong() : Long.toString(step);
        String time = clock(elapsed) + duration.map(all -> "/" + clock(all)).orElse("");
        return "step " + steps + " " + time;
    }

    private static String clock(Duration time) {
        return time.toHours() == 0
                ? String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart())
                : String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        time.toHours(),
                        time.toMinutesPart(),
                        time.toSecondsPart());
    }
}
