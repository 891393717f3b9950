package io.maestream.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Lays file, environment and command line over each other; a later layer wins. */
final class Layers {
    private final ConfigCatalog catalog;
    private final Map<String, Assignment> merged = new TreeMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();

    Layers(ConfigCatalog catalog, ConfigSources sources) {
        this.catalog = catalog;
        sources.defaults().forEach((key, value) -> put(key, value, Assignment.DEFAULT, false));
        sources.file().forEach((key, value) -> put(key, value, sources.fileName(), false));
        new TreeMap<>(sources.environment()).forEach(this::addVariable);
        sources.assignments().forEach(this::addAssignment);
        sources.options().forEach((key, value) -> put(key, value, "command line", true));
    }

    /** What is set, by key. */
    Map<String, Assignment> merged() {
        return merged;
    }

    /** Sources that set no key although they look as if they should. */
    List<ConfigProblem> problems() {
        return problems;
    }

    private void put(String key, String value, String origin, boolean onCommandLine) {
        // Blanks around a value are never meant: a properties file keeps those at the end.
        merged.put(key, new Assignment(key, value.strip(), origin, onCommandLine));
    }

    private void addVariable(String variable, String value) {
        if (!variable.startsWith(ConfigCatalog.ENVIRONMENT_PREFIX)
                || ReservedKeys.isForLauncher(variable)
                || value.isBlank()) {
            return;
        }
        catalog.keyOfEnvironment(variable)
                .ifPresentOrElse(
                        key -> put(key, value, "environment variable " + variable, false),
                        () -> problems.add(unknownVariable(variable)));
    }

    private ConfigProblem unknownVariable(String variable) {
        String remedy =
                nearestVariable(variable)
                        .map(nearest -> "Did you mean " + nearest + "? If not, unset it")
                        .orElse("Unset it");
        return new ConfigProblem(
                variable, Optional.empty(), "environment", "sets no known key", remedy);
    }

    private Optional<String> nearestVariable(String variable) {
        String asKey =
                variable.substring(ConfigCatalog.ENVIRONMENT_PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.');
        return catalog.nearest(asKey).map(ConfigCatalog::environmentName);
    }

    private void addAssignment(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals > 0) {
            put(
                    assignment.substring(0, equals).strip(),
                    assignment.substring(equals + 1),
                    "--set",
                    true);
        } else {
            problems.add(
                    new ConfigProblem(
                            "--set " + assignment,
                            Optional.empty(),
                            "",
                            "is no assignment",
                            "Write --set key=value"));
        }
    }
}
