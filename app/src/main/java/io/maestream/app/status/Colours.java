package io.maestream.app.status;

/**
 * Colours of a terminal, or none.
 *
 * @param on whether there are any
 */
public record Colours(boolean on) {
    String bold(String text) {
        return paint("1", text);
    }

    String good(String text) {
        return paint("32", text);
    }

    String doubtful(String text) {
        return paint("33", text);
    }

    String bad(String text) {
        return paint("31", text);
    }

    private String paint(String code, String text) {
        return on ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
