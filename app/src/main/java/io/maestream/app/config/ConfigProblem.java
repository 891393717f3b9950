package io.maestream.app.config;

import java.util.Optional;

/**
 * One mistake in the configuration.
 *
 * @param key the key, or what several keys have in common
 * @param value what it was set to, already masked if secret; empty if it was not set
 * @param origin where it was set, such as {@code environment variable MAESTREAM_BROKER_PORT}; empty
 *     if nowhere
 * @param reason what is wrong, with the limit
 * @param remedy what to do
 */
public record ConfigProblem(
        String key, Optional<String> value, String origin, String reason, String remedy) {
    /** The mistake in one line. */
    public String describe() {
        String shown = value.map(v -> " = \"" + v + "\"").orElse("");
        String from = origin.isEmpty() ? "" : " (from " + origin + ")";
        String stop = remedy.endsWith("?") ? "" : ".";
        String todo = remedy.isEmpty() ? "" : " " + remedy + stop;
        return key + shown + from + ": " + reason + "." + todo;
    }
}
