package io.maestream.app.config;

import java.util.Map;
import java.util.Set;

/** The records that a configuration filled. */
public final class LoadedConfig {
    private final Map<ConfigSection<?>, Object> records;
    private final Set<String> explicitKeys;

    LoadedConfig(Map<ConfigSection<?>, Object> records, Set<String> explicitKeys) {
        this.records = Map.copyOf(records);
        this.explicitKeys = Set.copyOf(explicitKeys);
    }

    /**
     * The record of a section.
     *
     * @throws IllegalArgumentException if the section is not part of the catalog that was loaded
     */
    public <R> R get(ConfigSection<R> section) {
        Object filled = records.get(section);
        if (filled == null) {
            throw new IllegalArgumentException("Not in the catalog: " + section.name());
        }
        // The loader put the result of this section's own reader there.
        @SuppressWarnings("unchecked")
        R typed = (R) filled;
        return typed;
    }

    /** Whether anybody set the key, or it has its default. */
    public boolean isSet(String key) {
        return explicitKeys.contains(key);
    }
}
