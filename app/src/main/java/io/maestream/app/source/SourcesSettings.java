package io.maestream.app.source;

import io.maestream.app.config.KeyFamily;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigValue;

/**
 * The sources that are configured, and where they remember what was published.
 *
 * @param stateDir directory of the memories
 * @param sources in the order of their names
 */
public record SourcesSettings(Path stateDir, List<SourceSettings> sources) {
    /** Before the name of a source. */
    public static final String PREFIX = "source.";

    /** Key of {@link #stateDir()}. */
    public static final String STATE_DIR = "ingest.state.dir";

    /** Copies the list. */
    public SourcesSettings {
        sources = List.copyOf(sources);
    }

    /** The keys that do not belong to one source. */
    public static ConfigDef definition() {
        return new ConfigDef()
                .define(
                        STATE_DIR,
                        Type.STRING,
                        ".maestream/ingest",
                        Importance.MEDIUM,
                        "Directory in which watched folders note what was published.");
    }

    /** The keys of each source. */
    public static KeyFamily family() {
        return new KeyFamily(PREFIX, SourceSettings.definition());
    }

    /**
     * From values that {@link #definition()} has parsed, and those of the sources as text.
     *
     * @throws IllegalArgumentException with all that is wrong with the sources
     */
    public static SourcesSettings from(Map<String, ?> values) {
        Map<String, Map<String, String>> byName = new TreeMap<>();
        values.forEach(
                (key, value) -> {
                    if (key.startsWith(PREFIX)) {
                        int dot = key.indexOf('.', PREFIX.length());
                        byName.computeIfAbsent(
                                        key.substring(PREFIX.length(), dot), n -> new TreeMap<>())
                                .put(key.substring(dot + 1), String.valueOf(value));
                    }
                });
        List<String> problems = new ArrayList<>();
        List<SourceSettings> sources = new ArrayList<>();
        byName.forEach((name, raw) -> read(name, raw, problems, sources));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return new SourcesSettings(Path.of((String) values.get(STATE_DIR)), sources);
    }

    /** The source of this name. */
    public SourceSettings named(String name) {
        return sources.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    }

    private static void read(
            String name,
            Map<String, String> raw,
            List<String> problems,
            List<SourceSettings> sources) {
        List<String> wrong = new ArrayList<>();
        for (ConfigValue value : SourceSettings.definition().validate(raw)) {
            value.errorMessages().stream()
                    .findFirst()
                    .map(error -> PREFIX + name + "." + value.name() + ": " + words(value, error))
                    .ifPresent(wrong::add);
        }
        try {
            if (wrong.isEmpty()) {
                sources.add(SourceSettings.from(name, SourceSettings.definition().parse(raw)));
            }
        } catch (IllegalArgumentException e) {
            wrong.add(e.getMessage());
        }
        problems.addAll(wrong);
    }

    /** Kafka's words, without the value where that could be a secret. */
    private static String words(ConfigValue value, String error) {
        return value.name().equals(SourceSettings.TYPE) && value.value() == null
                ? "is missing or none of " + String.join(", ", SourceType.words())
                : error;
    }
}
