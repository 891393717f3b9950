package io.maestream.app.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * Every key that Maestream knows, from all modules. Keys below {@code kafka.} go to the clients.
 */
public final class ConfigCatalog {
    /** Prefix of the keys that are handed to Kafka's clients as they are. */
    public static final String PASS_THROUGH = "kafka.";

    /** Prefix of the environment variables that set keys. */
    public static final String ENVIRONMENT_PREFIX = "MAESTREAM_";

    private static final List<String> SECRET_WORDS =
            List.of("password", "secret", "jaas", "token", "credential", "ssl.keystore.key");

    private final List<ConfigSection<?>> sections;
    private final List<KeyFamily> families;
    private final Map<String, ConfigKey> keys = new TreeMap<>();
    private final Map<String, String> keysByEnvironmentName = new LinkedHashMap<>();

    /**
     * Merges the sections' keys.
     *
     * @throws IllegalArgumentException if two sections declare a key differently
     */
    public ConfigCatalog(List<ConfigSection<?>> sections) {
        this(sections, List.of());
    }

    /** The same, with families of keys that every section gets as they are. */
    public ConfigCatalog(List<ConfigSection<?>> sections, List<KeyFamily> families) {
        this.sections = List.copyOf(sections);
        this.families = List.copyOf(families);
        sections.forEach(section -> section.definition().configKeys().values().forEach(this::add));
    }

    private void add(ConfigKey key) {
        ConfigKey known = keys.putIfAbsent(key.name, key);
        if (known != null && !agree(known, key)) {
            throw new IllegalArgumentException(
                    "Two sections declare " + key.name + " with different type or default");
        }
        keysByEnvironmentName.put(environmentName(key.name), key.name);
    }

    private static boolean agree(ConfigKey one, ConfigKey other) {
        return one.type == other.type && Objects.equals(one.defaultValue, other.defaultValue);
    }

    /** The sections, as given. */
    public List<ConfigSection<?>> sections() {
        return sections;
    }

    /** The families of keys, as given. */
    public List<KeyFamily> families() {
        return families;
    }

    /** All declared keys, in alphabetical order. */
    public Collection<ConfigKey> keys() {
        return List.copyOf(keys.values());
    }

    /** The declaration of a key. */
    public Optional<ConfigKey> find(String key) {
        return Optional.ofNullable(keys.get(key));
    }

    /** Whether a key is undeclared and meant for Kafka's clients, or belongs to a family. */
    public boolean passesThrough(String key) {
        boolean isKafkas = key.startsWith(PASS_THROUGH) && key.length() > PASS_THROUGH.length();
        return !keys.containsKey(key)
                && (isKafkas || families.stream().anyMatch(family -> family.has(key)));
    }

    /** Whether a key's value must never be shown, nor given on the command line. */
    public boolean isSecret(String key) {
        ConfigKey declared = keys.get(key);
        if (declared != null) {
            return declared.type == Type.PASSWORD;
        }
        String lower = key.toLowerCase(Locale.ROOT);
        return SECRET_WORDS.stream().anyMatch(lower::contains);
    }

    /** The known key with the smallest edit distance; the alphabetically first of equals. */
    public Optional<String> nearest(String key) {
        Set<String> known = new TreeSet<>(keys.keySet());
        families.forEach(family -> family.beside(key).forEach(known::add));
        return known.stream().min(Comparator.comparingInt(one -> EditDistance.between(key, one)));
    }

    /** The key that an environment variable sets, or empty if it sets none. */
    public Optional<String> keyOfEnvironment(String variable) {
        String declared = keysByEnvironmentName.get(variable);
        if (declared != null) {
            return Optional.of(declared);
        }
        String key =
                variable.substring(ENVIRONMENT_PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.');
        return passesThrough(key) ? Optional.of(key) : Optional.empty();
    }

    /** The environment variable that sets a key. */
    public static String environmentName(String key) {
        return ENVIRONMENT_PREFIX
                + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
