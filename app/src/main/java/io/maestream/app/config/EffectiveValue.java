package io.maestream.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/**
 * What a key is in the end, for people.
 *
 * @param value hidden if secret
 * @param origin where it was set, such as {@code environment variable MAESTREAM_BROKER_PORT}, or
 *     {@code default}
 * @param isSet whether anybody set it
 */
public record EffectiveValue(String key, String value, String origin, boolean isSet) {
    /** All declared keys, and those that were set besides, in alphabetical order. */
    static List<EffectiveValue> all(ConfigCatalog catalog, Map<String, Assignment> merged) {
        Map<String, EffectiveValue> all = new TreeMap<>();
        for (ConfigKey declared : catalog.keys()) {
            String value = Secrets.shown(catalog, declared.name, DefaultText.of(declared));
            all.put(
                    declared.name,
                    new EffectiveValue(declared.name, value, Assignment.DEFAULT, false));
        }
        merged.forEach((key, set) -> all.put(key, of(catalog, set)));
        return new ArrayList<>(all.values());
    }

    private static EffectiveValue of(ConfigCatalog catalog, Assignment set) {
        return new EffectiveValue(
                set.key(),
                Secrets.shown(catalog, set.key(), set.value()),
                set.origin(),
                !set.isDefault());
    }
}
