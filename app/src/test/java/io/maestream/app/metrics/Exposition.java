package io.maestream.app.metrics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Prometheus' text format 0.0.4, read strictly: whatever the specification does not allow is an
 * error that names the line. Where the specification asks for no more than good style (HELP and
 * TYPE before the samples, one block for each metric), this asks for it too.
 */
public final class Exposition {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Set<String> TYPES =
            Set.of("counter", "gauge", "histogram", "summary", "untyped");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?|NaN|[+-]?Inf");

    private final Map<String, Family> families = new LinkedHashMap<>();
    private final Set<String> series = new HashSet<>();
    private Family current = new Family("", "untyped", new ArrayList<>());
    private boolean typed;

    /** A metric and its samples, those of a summary or histogram under all their names. */
    public record Family(String name, String type, List<Sample> samples) {}

    /** One line. */
    public record Sample(String name, Map<String, String> labels, double value) {}

    private Exposition() {}

    /**
     * Reads all families by name.
     *
     * @throws IllegalArgumentException at the first thing that is not as it must be
     */
    public static Map<String, Family> parse(String text) {
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException("the last line has no line feed");
        }
        Exposition reading = new Exposition();
        String[] lines = text.substring(0, text.length() - 1).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            try {
                reading.line(lines[i]);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "line " + (i + 1) + ": " + e.getMessage() + ": " + lines[i], e);
            }
        }
        reading.families.values().forEach(Distributions::check);
        return reading.families;
    }

    private void line(String line) {
        if (line.startsWith("# HELP ")) {
            help(line.substring("# HELP ".length()));
        } else if (line.startsWith("# TYPE ")) {
            type(line.substring("# TYPE ".length()));
        } else if (line.startsWith("#")) {
            throw new IllegalArgumentException("a comment that is neither HELP nor TYPE");
        } else if (!line.isEmpty()) {
            sample(new Cursor(line));
        }
    }

    private void help(String rest) {
        int blank = rest.indexOf(' ');
        begin(name(blank < 0 ? rest : rest.substring(0, blank)));
        Cursor.unescape(blank < 0 ? "" : rest.substring(blank + 1), false);
    }

    private void type(String rest) {
        String[] parts = rest.split(" ", -1);
        require(parts.length == 2 && TYPES.contains(parts[1]), "no TYPE");
        if (!current.name().equals(parts[0]) || typed || !current.samples().isEmpty()) {
            require(!current.name().equals(parts[0]), "a second TYPE, or after its samples");
            begin(name(parts[0]));
        }
        current = new Family(current.name(), parts[1], current.samples());
        families.put(current.name(), current);
        typed = true;
    }

    private void begin(String name) {
        require(!families.containsKey(name), "a second block of this metric");
        current = new Family(name, "untyped", new ArrayList<>());
        families.put(name, current);
        typed = false;
    }

    private void sample(Cursor at) {
        String name = name(at.until("{ "));
        Map<String, String> labels = at.labels();
        String[] rest = at.rest().strip().split(" +");
        require(rest.length <= 2 && NUMBER.matcher(rest[0]).matches(), "no value");
        require(rest.length == 1 || rest[1].matches("-?\\d+"), "no time stamp");
        require(belongs(name), "a sample outside of its metric's block");
        require(series.add(name + new TreeMap<>(labels)), "the same series twice");
        Sample sample = new Sample(name, labels, value(rest[0]));
        require(
                !current.type().equals("counter") || sample.value() >= 0,
                "a counter below zero or not a number");
        current.samples().add(sample);
    }

    private boolean belongs(String name) {
        if (!name.startsWith(current.name()) || !typed) {
            return false;
        }
        String suffix = name.substring(current.name().length());
        return switch (current.type()) {
            case "summary" -> Set.of("", "_sum", "_count").contains(suffix);
            case "histogram" -> Set.of("_bucket", "_sum", "_count").contains(suffix);
            default -> suffix.isEmpty();
        };
    }

    private static String name(String text) {
        require(NAME.matcher(text).matches(), "no metric's name");
        return text;
    }

    private static double value(String text) {
        return text.endsWith("Inf")
                ? Double.parseDouble(text.replace("Inf", "Infinity"))
                : Double.parseDouble(text);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
