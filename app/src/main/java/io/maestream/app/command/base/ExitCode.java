package io.maestream.app.command.base;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the process's exit status means, for scripts and supervisors. */
public enum ExitCode {
    OK(0, "Done, or stopped in an orderly way."),
    UNEXPECTED(1, "An error that is none of those below; the log has the details."),
    USAGE(2, "The command line was not understood."),
    BAD_CONFIGURATION(3, "The configuration has mistakes, or the broker refused the credentials."),
    UNREACHABLE(4, "The broker or the store could not be reached; starting again may help."),
    VERIFICATION_FAILED(5, "A checkpoint's files are not what its manifest says."),
    FENCED(6, "Another trainer has taken over this run; nothing of this one was committed."),
    DIVERGED(7, "Training diverged beyond the bound and did not recover by rolling back."),
    IN_USE(8, "Another process uses the data directory or the port."),
    NOT_FOUND(9, "The checkpoint, topic, file or log record that is needed does not exist."),
    EVENTS_LOST(10, "The run's checkpoints are there but its events are not; see train --adopt."),
    REPLAY_DIFFERS(11, "A replayed checkpoint is not what was committed."),
    NOT_KEPT(12, "The last checkpoint was not taken; its images are trained on again next time."),
    NO_ANSWER(13, "Nothing came of a command in time; see command --wait.");

    private final int status;
    private final String meaning;

    ExitCode(int status, String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    /** The process's exit status. */
    public int status() {
        return status;
    }

    /** One sentence for the help. */
    public String meaning() {
        return meaning;
    }

    /** All of them as picocli lists them. */
    public static Map<String, String> table() {
        Map<String, String> table = new LinkedHashMap<>();
        for (ExitCode code : values()) {
            table.put(Integer.toString(code.status), code.meaning);
        }
        return table;
    }
}
