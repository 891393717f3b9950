package io.maestream.app.command.base;

/**
 * A command could not do its job, and knows why: one line for a person, one status for a script.
 */
public final class CommandFailure extends RuntimeException {
    private final ExitCode exitCode;

    /** The line says what happened and what to do. */
    public CommandFailure(ExitCode exitCode, String line) {
        this(exitCode, line, null);
    }

    /** The same, with what caused it for the log. */
    public CommandFailure(ExitCode exitCode, String line, Throwable cause) {
        super(line, cause);
        this.exitCode = exitCode;
    }

    /** The status to exit with. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
