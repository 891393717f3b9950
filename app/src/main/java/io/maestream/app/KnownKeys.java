package io.maestream.app;

import io.maestream.app.config.ConfigCatalog;
import java.util.Optional;

/** Tells whether a configuration key or a {@code MAESTREAM_} variable means anything. */
public final class KnownKeys {
    private KnownKeys() {}

    /** Whether the key is declared, one of a source, or one that Kafka's clients get. */
    public static boolean isKey(String key) {
        ConfigCatalog catalog = Sections.catalog();
        return catalog.find(key).isPresent() || catalog.passesThrough(key);
    }

    /** Whether the environment variable sets a key, or speaks to the launcher. */
    public static boolean isVariable(String variable) {
        return Sections.catalog().knowsVariable(variable);
    }

    /** The known key that looks most like this one. */
    public static Optional<String> nearest(String key) {
        return Sections.catalog().nearest(key);
    }
}
