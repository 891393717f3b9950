package io.maestream.app.config;

import java.util.List;
import java.util.Map;

/** The records that a configuration filled, and the values that filled them. */
public final class LoadedConfig {
    private final Map<ConfigSection<?>, Object> records;
    private final List<EffectiveValue> values;

    LoadedConfig(Map<ConfigSection<?>, Object> records, List<EffectiveValue> values) {
        this.records = Map.copyOf(records);
        this.values = List.copyOf(values);
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

    /** Every key's value and where it comes from, in alphabetical order; secrets are hidden. */
    public List<EffectiveValue> values() {
        return values;
    }

    /** Whether anybody set the key, or it has its default. */
    public boolean isSet(String key) {
        return values.stream().anyMatch(value -> value.key().equals(key) && value.isSet());
    }
}
