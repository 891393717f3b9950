package io.maestream.app.config;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** The values that a key may have, in words. */
final class ValidValues {
    private static final Pattern RANGE = Pattern.compile("\\[(.*?),?\\.\\.\\.,?(.*)]");

    private ValidValues() {}

    /** Markdown; empty if any value of the type will do. */
    static String of(ConfigKey key) {
        if (key.type == Type.BOOLEAN) {
            return "`true`, `false`";
        }
        if (key.validator == null) {
            return "";
        }
        String text = key.validator.toString();
        if (key.validator instanceof Range) {
            return range(text);
        }
        if (key.validator instanceof ValidString) {
            return choices(text);
        }
        return key.validator instanceof NonEmptyString ? "not empty" : text;
    }

    private static String range(String text) {
        Matcher bounds = RANGE.matcher(text);
        if (!bounds.matches()) {
            return text;
        }
        String least = bounds.group(1);
        String most = bounds.group(2);
        if (most.isEmpty()) {
            return least + " or more";
        }
        return least.isEmpty() ? "at most " + most : least + " to " + most;
    }

    private static String choices(String text) {
        return Arrays.stream(text.substring(1, text.length() - 1).split(", "))
                .map(choice -> "`" + choice + "`")
                .collect(Collectors.joining(", "));
    }
}
