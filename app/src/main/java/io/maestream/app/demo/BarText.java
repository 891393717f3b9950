package io.maestream.app.demo;

import java.util.Locale;
import java.util.OptionalDouble;

/** Lays a bar and its words out in a line of a given width. */
final class BarText {
    private static final int LEAST_BAR = 5;
    private static final int MOST_BAR = 40;

    private BarText() {}

    /**
     * The bar takes what the words leave; without a share, or without room, there are words only.
     */
    static String line(OptionalDouble share, String words, int columns) {
        String line = share.isPresent() ? bar(share.getAsDouble(), words, columns) : words;
        return line.substring(0, Math.min(line.length(), columns));
    }

    private static String bar(double share, String words, int columns) {
        String percent = String.format(Locale.ROOT, "%3.0f%% ", 100 * share);
        int room = columns - words.length() - percent.length() - "[] ".length();
        if (room < LEAST_BAR) {
            return percent + words;
        }
        int width = Math.min(MOST_BAR, room);
        int done = (int) Math.round(share * width);
        return percent + "[" + "=".repeat(done) + " ".repeat(width - done) + "] " + words;
    }
}
