package io.maestream.app.deploy;

import io.maestream.app.Settings;
import io.maestream.app.config.ConfigSources;
import io.maestream.app.config.LoadedConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files that run Maestream elsewhere, read as their tools read them. */
final class DeployFiles {

    static final Path ROOT = Path.of("..");
    static final Path DEPLOY = ROOT.resolve("deploy");

    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{([A-Z_]+)(?::-([^}]*))?}|\\$\\$");

    private DeployFiles() {}

    static String text(Path path) throws IOException {
        return Files.readString(path);
    }

    /** All documents of a YAML file, merge keys carried out. */
    static List<Map<String, Object>> documents(Path path) throws IOException {
        List<Map<String, Object>> all = new ArrayList<>();
        Load load = new Load(LoadSettings.builder().setLabel(path.toString()).build());
        load.loadAllFromString(text(path)).forEach(document -> all.add(map(merged(document))));
        return all;
    }

    static Map<String, Object> yaml(Path path) throws IOException {
        return documents(path).get(0);
    }

    /**
     * Fills Maestream's settings from the variables that are its own, as the service would.
     *
     * @throws io.maestream.app.config.BadConfigurationException if one sets no key, or a bad value
     */
    static LoadedConfig settings(Map<String, ?> environment) {
        Map<String, String> variables =
                environment.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        one -> withDefaults(String.valueOf(one.getValue()))));
        return Settings.load(
                new ConfigSources("", Map.of(), variables, List.of(), Map.of()), Map.of());
    }

    /** What Docker Compose makes of {@code ${NAME:-default}} where NAME is not set. */
    static String withDefaults(String value) {
        Matcher matcher = VARIABLE.matcher(value);
        return matcher.replaceAll(
                found ->
                        Matcher.quoteReplacement(
                                found.group().equals("$$")
                                        ? "$"
                                        : found.group(2) == null ? "" : found.group(2)));
    }

    /** A part of a document that is a mapping; empty if it is not there. */
    static Map<String, Object> map(Object value) {
        if (value == null) {
            return Map.of();
        }
        Map<String, Object> typed = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((key, one) -> typed.put(key.toString(), one));
        return typed;
    }

    static Map<String, Object> map(Map<String, Object> parent, String... path) {
        Map<String, Object> at = parent;
        for (String key : path) {
            at = map(at.get(key));
        }
        return at;
    }

    /** A part of a document that is a list; empty if it is not there. */
    static List<Object> list(Object value) {
        return value == null ? List.of() : new ArrayList<>((List<?>) value);
    }

    static List<String> strings(Object value) {
        return list(value).stream().map(String::valueOf).toList();
    }

    static List<Map<String, Object>> maps(Object value) {
        return list(value).stream().map(DeployFiles::map).toList();
    }

    /** YAML 1.1's merge keys, which Compose knows: what is written beside one goes before it. */
    private static Object merged(Object node) {
        if (node instanceof List<?> items) {
            return items.stream().map(DeployFiles::merged).toList();
        }
        if (!(node instanceof Map<?, ?>)) {
            return node;
        }
        Map<String, Object> written = map(node);
        Map<String, Object> all = new LinkedHashMap<>();
        Object bases = written.remove("<<");
        if (bases != null) {
            List<?> each = bases instanceof List<?> several ? several : List.of(bases);
            each.forEach(base -> map(merged(base)).forEach(all::putIfAbsent));
        }
        written.forEach((key, value) -> all.put(key, merged(value)));
        return all;
    }
}
