package io.maestream.app.config;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** Finds the words for what is wrong, and never shows a secret. */
final class ProblemFinder {
    private static final Pattern KAFKAS_PREAMBLE =
            Pattern.compile("^Invalid value .*? for configuration \\S+?(: |$)", Pattern.DOTALL);

    private final ConfigCatalog catalog;

    ProblemFinder(ConfigCatalog catalog) {
        this.catalog = catalog;
    }

    /** What is wrong with setting this key at all. */
    Optional<ConfigProblem> ofKey(Assignment set) {
        boolean known = catalog.find(set.key()).isPresent() || catalog.passesThrough(set.key());
        if (!known) {
            return Optional.of(problem(set, "unknown key", didYouMean(set.key())));
        }
        if (set.onCommandLine() && catalog.isSecret(set.key())) {
            String remedy =
                    "Give it in a properties file or as environment variable "
                            + ConfigCatalog.environmentName(set.key());
            return Optional.of(
                    problem(set, "secrets on a command line can be read by others", remedy));
        }
        return Optional.empty();
    }

    /** What Kafka's parser or validator says about a value. */
    ConfigProblem ofValue(String key, Optional<Assignment> set, String error) {
        ConfigKey declared = catalog.find(key).orElseThrow();
        if (set.isEmpty()) {
            return new ConfigProblem(
                    key,
                    Optional.empty(),
                    "",
                    "is required and not set",
                    "Set it with " + ways(key));
        }
        Matcher preamble = KAFKAS_PREAMBLE.matcher(error);
        String reason = preamble.find() ? error.substring(preamble.end()) : error;
        boolean secret = catalog.isSecret(key);
        return problem(
                set.get(), secret || reason.isBlank() ? "is not valid" : reason, allowed(declared));
    }

    /** What a record says about values that do not go together. */
    ConfigProblem ofSection(
            ConfigSection<?> section, Map<String, Assignment> merged, String message) {
        String origins =
                section.definition().names().stream()
                        .map(merged::get)
                        .filter(Objects::nonNull)
                        .filter(set -> !set.isDefault())
                        .map(Assignment::origin)
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", "));
        return new ConfigProblem(
                section.name(), Optional.empty(), origins, masked(message, merged), "");
    }

    private ConfigProblem problem(Assignment set, String reason, String remedy) {
        String shown = Secrets.shown(catalog, set.key(), set.value());
        return new ConfigProblem(
                set.key(), Optional.of(shown), set.origin(), withoutStop(reason), remedy);
    }

    private String masked(String message, Map<String, Assignment> merged) {
        String safe = message == null ? "is not valid" : message;
        for (Assignment set : merged.values()) {
            if (catalog.isSecret(set.key()) && !set.value().isBlank()) {
                safe = safe.replace(set.value(), Secrets.HIDDEN);
            }
        }
        return withoutStop(safe);
    }

    private static String withoutStop(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private String didYouMean(String key) {
        return catalog.nearest(key)
                .map(nearest -> "Did you mean " + nearest + "?")
                .orElse("Remove it");
    }

    private static String allowed(ConfigKey declared) {
        String type = declared.type.name().toLowerCase(Locale.ROOT);
        String limit = declared.validator == null ? type : type + " " + declared.validator;
        boolean hasDefault = declared.defaultValue != ConfigDef.NO_DEFAULT_VALUE;
        boolean showDefault = hasDefault && declared.type != ConfigDef.Type.PASSWORD;
        String otherwise =
                showDefault ? ", or remove it for the default " + declared.defaultValue : "";
        return "Set a value of " + limit + otherwise;
    }

    private static String ways(String key) {
        return "--set " + key + "=…, " + ConfigCatalog.environmentName(key) + " or in the file";
    }
}
