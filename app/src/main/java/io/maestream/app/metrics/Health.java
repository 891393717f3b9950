package io.maestream.app.metrics;

import java.util.List;

/**
 * Whether a process, or a part of it, does its work, in words.
 *
 * @param ready it works, or waits for a reason that is nobody's fault
 * @param state one word, for machines
 * @param reason for people
 */
public record Health(boolean ready, String state, String reason) {

    private static final String RUNNING = "running";

    /** A part that works. */
    static Health running(String reason) {
        return new Health(true, RUNNING, reason);
    }

    /** A part that works, but has something to tell. */
    static Health troubled(String state, String reason) {
        return new Health(true, state, reason);
    }

    /** A part that does not work. */
    static Health unready(String state, String reason) {
        return new Health(false, state, reason);
    }

    /** Of the whole: what keeps it from working, else what troubles it, else its last part's. */
    static Health of(List<Health> parts) {
        return parts.stream()
                .filter(part -> !part.ready())
                .findFirst()
                .or(() -> parts.stream().filter(part -> !part.state.equals(RUNNING)).findFirst())
                .orElseGet(
                        () ->
                                parts.isEmpty()
                                        ? running("nothing to watch")
                                        : parts.get(parts.size() - 1));
    }
}
