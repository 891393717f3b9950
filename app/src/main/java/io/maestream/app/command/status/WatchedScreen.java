package io.maestream.app.command.status;

import java.io.PrintWriter;
import java.util.List;

/**
 * Draws frames over each other on a terminal: each line is written over the old one and its rest
 * cleared, so that nothing is ever blank.
 */
final class WatchedScreen implements AutoCloseable {
    private static final String ESCAPE = "\u001b[";
    private static final String HIDE_CURSOR = ESCAPE + "?25l";
    private static final String SHOW_CURSOR = ESCAPE + "?25h";
    private static final String CLEAR = ESCAPE + "2J";
    private static final String HOME = ESCAPE + "H";
    private static final String CLEAR_REST_OF_LINE = ESCAPE + "K";
    private static final String CLEAR_BELOW = ESCAPE + "J";

    private final PrintWriter out;
    private final int rows;

    /** Clears the screen. */
    WatchedScreen(PrintWriter out, int rows) {
        this.out = out;
        this.rows = rows;
        out.print(HIDE_CURSOR + CLEAR);
    }

    /** Draws a frame; what does not fit on the screen is left out, else it would scroll. */
    void draw(List<String> lines) {
        StringBuilder frame = new StringBuilder(HOME);
        lines.stream()
                .limit(rows - 1L)
                .forEach(line -> frame.append(line).append(CLEAR_REST_OF_LINE).append('\n'));
        out.print(frame.append(CLEAR_BELOW));
        out.flush();
    }

    /** Leaves the last frame and gives the cursor back. */
    @Override
    public void close() {
        out.print(SHOW_CURSOR);
        out.flush();
    }
}
