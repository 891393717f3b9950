package io.maestream.app.config;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.types.Password;

/** A key's default as somebody would write it. */
final class DefaultText {
    private DefaultText() {}

    /** Empty if there is none. */
    static String of(ConfigKey key) {
        Object value = key.defaultValue;
        if (value == null || value == ConfigDef.NO_DEFAULT_VALUE) {
            return "";
        }
        if (value instanceof Password secret) {
            return secret.value();
        }
        return value instanceof List<?> items
                ? items.stream().map(String::valueOf).collect(Collectors.joining(","))
                : value.toString();
    }
}
