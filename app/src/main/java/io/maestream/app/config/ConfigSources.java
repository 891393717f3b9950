package io.maestream.app.config;

import java.util.List;
import java.util.Map;

/**
 * Where values come from, weakest first: file, environment, assignments.
 *
 * @param fileName the properties file's name for messages, empty if there is none
 * @param file its keys and values
 * @param environment the process environment; only {@code MAESTREAM_} variables count
 * @param assignments {@code key=value} as given with {@code --set}, later ones win
 */
public record ConfigSources(
        String fileName,
        Map<String, String> file,
        Map<String, String> environment,
        List<String> assignments) {
    /** Copies the collections. */
    public ConfigSources {
        file = Map.copyOf(file);
        environment = Map.copyOf(environment);
        assignments = List.copyOf(assignments);
    }

    /** Sources with assignments only. */
    public static ConfigSources ofAssignments(String... assignments) {
        return new ConfigSources("", Map.of(), Map.of(), List.of(assignments));
    }
}
