package io.maestream.app.config;

import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef;

/**
 * One module's keys and the record that they fill.
 *
 * @param name what a person calls it, for messages about several keys at once
 * @param definition its keys
 * @param reader makes the record of parsed values; throws {@link IllegalArgumentException} where
 *     values do not go together
 * @param <R> the record
 */
public record ConfigSection<R>(
        String name, ConfigDef definition, Function<Map<String, ?>, R> reader) {}
