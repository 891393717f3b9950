package io.maestream.app.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where values come from, weakest first: defaults, file, environment, assignments, options.
 *
 * @param defaults go before those that the keys are declared with
 * @param fileName the properties file's name for messages, empty if there is none
 * @param file its keys and values
 * @param environment the process environment; only {@code MAESTREAM_} variables count
 * @param assignments {@code key=value} as given with {@code --set}, later ones win
 * @param options keys that have a command line option of their own
 */
public record ConfigSources(
        Map<String, String> defaults,
        String fileName,
        Map<String, String> file,
        Map<String, String> environment,
        List<String> assignments,
        Map<String, String> options) {
    /** Copies the collections. */
    public ConfigSources {
        defaults = Map.copyOf(defaults);
        file = Map.copyOf(file);
        environment = Map.copyOf(environment);
        assignments = List.copyOf(assignments);
        options = Map.copyOf(options);
    }

    /** Sources without defaults of their own. */
    public ConfigSources(
            String fileName,
            Map<String, String> file,
            Map<String, String> environment,
            List<String> assignments,
            Map<String, String> options) {
        this(Map.of(), fileName, file, environment, assignments, options);
    }

    /** Sources with assignments only. */
    public static ConfigSources ofAssignments(String... assignments) {
        return new ConfigSources("", Map.of(), Map.of(), List.of(assignments), Map.of());
    }

    /** The same with one more option, which goes before those that are there. */
    public ConfigSources withOption(String key, String value) {
        Map<String, String> more = new HashMap<>(options);
        more.put(key, value);
        return new ConfigSources(defaults, fileName, file, environment, assignments, more);
    }

    /** The same with these defaults. */
    public ConfigSources withDefaults(Map<String, String> own) {
        return new ConfigSources(own, fileName, file, environment, assignments, options);
    }
}
