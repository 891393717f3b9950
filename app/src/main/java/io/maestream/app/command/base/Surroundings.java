package io.maestream.app.command.base;

import java.util.Map;

/**
 * What a command gets from outside besides its options.
 *
 * @param variables the process environment
 * @param terminal whether standard output is a terminal on which a line can be drawn again
 * @param columns the terminal's width
 * @param shutdown how a command learns that it must stop
 */
public record Surroundings(
        Map<String, String> variables, boolean terminal, int columns, Shutdown shutdown) {
    /** System property by which the launcher tells whether standard output is a terminal. */
    public static final String TERMINAL = "maestream.terminal";

    /** System property by which the launcher tells the terminal's width. */
    public static final String COLUMNS = "maestream.columns";

    /** System property by which the launcher tells the terminal's height. */
    public static final String ROWS = "maestream.rows";

    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_ROWS = 24;

    /** The terminal's height as the launcher told it. */
    public static int rows() {
        return Math.max(USUAL_ROWS / 2, Integer.getInteger(ROWS, USUAL_ROWS));
    }

    /** Those of this process. */
    public static Surroundings ofProcess() {
        return new Surroundings(
                System.getenv(),
                Boolean.getBoolean(TERMINAL),
                Math.max(USUAL_COLUMNS / 2, Integer.getInteger(COLUMNS, USUAL_COLUMNS)),
                new Shutdown());
    }
}
