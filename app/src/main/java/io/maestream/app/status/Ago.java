package io.maestream.app.status;

import java.time.Duration;
import java.time.Instant;

/** How long ago something was, as people say it. */
public final class Ago {
    private Ago() {}

    /** Such as {@code 12 s}, {@code 5 min}, {@code 3 h} or {@code 9 d}; never negative. */
    public static String words(Instant then, Instant now) {
        long seconds = Math.max(0, Duration.between(then, now).toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 2 * 3600) {
            return seconds / 60 + " min";
        }
        return seconds < 48 * 3600 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }
}
