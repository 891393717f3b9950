package io.maestream.app.command;

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

    private static final int USUAL_COLUMNS = 80;

    /** Those of this process. */
    public static Surroundings ofProcess() {
        return new Surroundings(
                System.getenv(),
                Boolean.getBoolean(TERMINAL),
                Math.max(USUAL_COLUMNS / 2, Integer.getInteger(COLUMNS, USUAL_COLUMNS)),
                new Shutdown());
    }
}
