package io.maestream.trainer.dashboard;

import io.maestream.schemas.CommandKind;
import io.maestream.trainer.command.Request;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last few things that were asked of the run, and what became of them. */
final class CommandLog {

    private static final int KEPT = 10;

    private final Deque<Entry> entries = new ArrayDeque<>();

    /**
     * A command or a trigger's request.
     *
     * @param kind what was asked
     * @param refused why it is not obeyed; empty if it is
     */
    record Entry(String id, String kind, String refused) {}

    void obeyed(Request request) {
        add(new Entry(request.id(), request.kind().name(), ""));
    }

    void refused(Request request, String why) {
        add(new Entry(request.id(), request.kind().name(), why));
    }

    /** Nothing will come of the release that was asked for last. */
    void releaseGivenUp(String why) {
        entries.stream()
                .filter(entry -> entry.kind().equals(CommandKind.RELEASE.name()))
                .findFirst()
                .ifPresent(
                        entry -> {
                            entries.remove(entry);
                            add(new Entry(entry.id(), entry.kind(), why));
                        });
    }

    /** The newest first. */
    List<Entry> entries() {
        return List.copyOf(entries);
    }

    private void add(Entry entry) {
        entries.addFirst(entry);
        if (entries.size() > KEPT) {
            entries.removeLast();
        }
    }
}
