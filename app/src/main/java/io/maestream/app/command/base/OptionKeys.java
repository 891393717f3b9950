package io.maestream.app.command.base;

import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the keys whose options were given. */
public final class OptionKeys {
    private final Map<String, String> values = new LinkedHashMap<>();

    /** Takes a value if the option was given, which is if it is not null. */
    public OptionKeys with(String key, Object value) {
        if (value != null) {
            values.put(key, value.toString());
        }
        return this;
    }

    /** Takes all of these. */
    OptionKeys withAll(Map<String, String> more) {
        values.putAll(more);
        return this;
    }

    public Map<String, String> map() {
        return values;
    }
}
