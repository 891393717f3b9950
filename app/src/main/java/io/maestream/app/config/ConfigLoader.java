package io.maestream.app.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;

/**
 * Makes typed records of a configuration. Defaults are weakest, then the properties file, the
 * environment, and {@code --set}. Pure: everything comes in through {@link ConfigSources}.
 */
public final class ConfigLoader {
    private final ConfigCatalog catalog;
    private final ProblemFinder finder;

    /** A loader for the keys of a catalog. */
    public ConfigLoader(ConfigCatalog catalog) {
        this.catalog = catalog;
        this.finder = new ProblemFinder(catalog);
    }

    /**
     * Fills the record of each section.
     *
     * @throws BadConfigurationException with all mistakes at once
     */
    public LoadedConfig load(ConfigSources sources) {
        Layers layers = new Layers(catalog, sources);
        Map<String, Assignment> merged = layers.merged();
        List<ConfigProblem> problems = new ArrayList<>(layers.problems());
        merged.values().forEach(set -> finder.ofKey(set).ifPresent(problems::add));

        Map<ConfigSection<?>, Object> records = new LinkedHashMap<>();
        for (ConfigSection<?> section : catalog.sections()) {
            List<ConfigProblem> wrong = valuesOf(section, merged);
            problems.addAll(wrong);
            if (wrong.isEmpty()) {
                read(section, merged, problems).ifPresent(r -> records.put(section, r));
            }
        }
        if (!problems.isEmpty()) {
            throw new BadConfigurationException(sorted(problems));
        }
        return new LoadedConfig(records, EffectiveValue.all(catalog, merged));
    }

    private List<ConfigProblem> valuesOf(ConfigSection<?> section, Map<String, Assignment> merged) {
        List<ConfigProblem> wrong = new ArrayList<>();
        for (ConfigValue value : section.definition().validate(raw(section, merged))) {
            // What follows the first message is a consequence: an unparsed value is also null.
            value.errorMessages().stream()
                    .findFirst()
                    .map(error -> finder.ofValue(value.name(), setFor(value, merged), error))
                    .ifPresent(wrong::add);
        }
        return wrong;
    }

    private static Optional<Assignment> setFor(ConfigValue value, Map<String, Assignment> merged) {
        return Optional.ofNullable(merged.get(value.name()));
    }

    private Optional<Object> read(
            ConfigSection<?> section,
            Map<String, Assignment> merged,
            List<ConfigProblem> problems) {
        Map<String, Object> values =
                new HashMap<>(section.definition().parse(raw(section, merged)));
        merged.values().stream()
                .filter(set -> catalog.passesThrough(set.key()))
                .forEach(set -> values.put(set.key(), set.value()));
        try {
            return Optional.of(section.reader().apply(values));
        } catch (IllegalArgumentException | ConfigException e) {
            problems.add(finder.ofSection(section, merged, e.getMessage()));
            return Optional.empty();
        }
    }

    private static Map<String, String> raw(
            ConfigSection<?> section, Map<String, Assignment> merged) {
        return section.definition().names().stream()
                .filter(merged::containsKey)
                .collect(
                        Collectors.toMap(
                                key -> key,
                                key -> merged.get(key).value(),
                                (a, b) -> b,
                                TreeMap::new));
    }

    /** Two sections may declare the same key: its mistake is one mistake. */
    private static List<ConfigProblem> sorted(List<ConfigProblem> problems) {
        return problems.stream()
                .distinct()
                .sorted(Comparator.comparing(ConfigProblem::key))
                .toList();
    }
}
