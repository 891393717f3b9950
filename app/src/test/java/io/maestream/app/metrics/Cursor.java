package io.maestream.app.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads one sample's line from left to right. */
final class Cursor {

    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private final String line;
    private int at;

    Cursor(String line) {
        this.line = line;
    }

    /** What is before the first of these characters, which are left. */
    String until(String ends) {
        int from = at;
        while (at < line.length() && ends.indexOf(line.charAt(at)) < 0) {
            at++;
        }
        return line.substring(from, at);
    }

    String rest() {
        return line.substring(at);
    }

    /** The labels in braces, if there are any. */
    Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        if (!take('{')) {
            return labels;
        }
        while (!take('}')) {
            String name = until("=");
            require(LABEL.matcher(name).matches() && !name.startsWith("__"), "no label's name");
            require(take('=') && take('"'), "no label's value");
            require(labels.put(name, quoted()) == null, "the same label twice");
            require(take(',') || peek('}'), "no comma between labels");
        }
        return labels;
    }

    /** Up to the closing quote, which is taken. */
    private String quoted() {
        int from = at;
        while (at < line.length() && line.charAt(at) != '"') {
            at += line.charAt(at) == '\\' ? 2 : 1;
        }
        require(at < line.length(), "a label's value without end");
        return unescape(line.substring(from, at++), true);
    }

    /** Undoes {@code \\}, {@code \n} and, in labels, {@code \"}; there are no others. */
    static String unescape(String text, boolean label) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                require(i + 1 < text.length(), "an escape without its character");
                c = escaped(text.charAt(++i), label);
            }
            plain.append(c);
        }
        return plain.toString();
    }

    private static char escaped(char c, boolean label) {
        require(c == '\\' || c == 'n' || label && c == '"', "an unknown escape");
        return c == 'n' ? '\n' : c;
    }

    private boolean peek(char c) {
        return at < line.length() && line.charAt(at) == c;
    }

    private boolean take(char c) {
        boolean there = peek(c);
        at += there ? 1 : 0;
        return there;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
