package io.maestream.trainer.command;

import java.util.LinkedHashSet;
import java.util.Set;

/** Lets each request that is meant for one run through once. */
final class Admission {

    private static final int REMEMBERED = 10_000;

    private final String runId;
    private final Set<String> handled = new LinkedHashSet<>();

    Admission(String runId) {
        this.runId = runId;
    }

    /** Whether to obey it; the same id is admitted once. */
    boolean admits(Request request) {
        if (!runId.equals(request.runId()) || !handled.add(request.id())) {
            return false;
        }
        if (handled.size() > REMEMBERED) {
            handled.remove(handled.iterator().next());
        }
        return true;
    }
}
