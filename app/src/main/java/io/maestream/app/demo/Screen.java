package io.maestream.app.demo;

import java.io.PrintWriter;

/**
 * Lines, and on a terminal a status line below them that is drawn again and again. Any thread may
 * print; lines never run into the status.
 */
public final class Screen {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private String status = "";

    /** A screen on this writer; without a terminal the status is never shown. */
    public Screen(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Prints a line above the status. */
    public synchronized void line(String text) {
        if (status.isEmpty()) {
            out.println(text);
        } else {
            out.println(CLEAR_LINE + text);
            out.print(status);
        }
        out.flush();
    }

    /** Replaces the status; an empty one takes it away. */
    public synchronized void status(String text) {
        if (terminal) {
            out.print(CLEAR_LINE + text);
            out.flush();
            status = text;
        }
    }
}
