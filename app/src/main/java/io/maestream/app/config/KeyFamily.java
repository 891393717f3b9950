package io.maestream.app.config;

import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Keys that are there once for each name somebody thinks of, such as {@code source.front.uri}:
 * prefix, name, and one of the family's own keys.
 *
 * @param prefix with the dot at its end
 * @param definition the keys after the name
 */
public record KeyFamily(String prefix, ConfigDef definition) {
    private static final String NAME = "([a-z0-9]+)\\.(.+)";

    /** A key taken apart. */
    record Parts(String name, String key) {}

    Optional<Parts> parts(String key) {
        Matcher matcher = Pattern.compile(Pattern.quote(prefix) + NAME).matcher(key);
        return matcher.matches()
                ? Optional.of(new Parts(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    /** Whether the key is one of the family. */
    boolean has(String key) {
        return parts(key).filter(parts -> definition.names().contains(parts.key())).isPresent();
    }

    /** All keys of the family's member that this key is meant for. */
    Iterable<String> beside(String key) {
        TreeMap<String, String> all = new TreeMap<>();
        String name = parts(key).map(Parts::name).orElse("name");
        definition.names().forEach(own -> all.put(prefix + name + "." + own, own));
        return all.keySet();
    }
}
