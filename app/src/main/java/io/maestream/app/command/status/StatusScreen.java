package io.maestream.app.command.status;

import io.maestream.app.command.base.Table;
import io.maestream.app.command.base.Words;
import io.maestream.app.status.Ago;
import io.maestream.app.status.Colours;
import io.maestream.app.status.RunStatus;
import io.maestream.app.status.Status;
import io.maestream.app.status.StatusJson;
import io.maestream.app.status.StatusText;
import io.maestream.schemas.SourceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One screen about everything.
 *
 * @param colours of the terminal
 * @param columns width of the terminal
 * @param run the only run that is wanted, if one is
 */
record StatusScreen(Colours colours, int columns, Optional<String> run) {
    private static final int MOST_RUNS = 5;
    private static final int MOST_SOURCES = 20;

    List<String> lines(Status status) {
        StatusText text = new StatusText(colours, columns);
        List<String> lines = new ArrayList<>();
        lines.add("Maestream at " + Words.time(status.at()) + " UTC");
        if (status.runs().isEmpty()) {
            lines.add("");
            lines.add(
                    run.map(id -> "No run " + id).orElse("No run yet")
                            + ": no trainer is running, and none has left steps or checkpoints");
        }
        for (RunStatus run : status.runs().subList(0, Math.min(MOST_RUNS, status.runs().size()))) {
            lines.add("");
            lines.addAll(text.run(run, status.at()));
        }
        more(lines, status.runs().size() - MOST_RUNS, "runs; --run ID shows one");
        lines.add("");
        addSources(lines, status);
        lines.add("");
        lines.add(text.rejections(status.rejections()));
        return lines;
    }

    private static void addSources(List<String> lines, Status status) {
        if (status.sources().isEmpty()) {
            lines.add("No source was heard of yet");
            return;
        }
        Table table = new Table("SOURCE", "RECEIVED", "PREPARED", "REJECTED", "LAST SEEN");
        List<SourceStatus> sources = status.sources();
        for (SourceStatus source : sources.subList(0, Math.min(MOST_SOURCES, sources.size()))) {
            table.row(
                    source.getSourceId(),
                    source.getReceived(),
                    source.getPrepared(),
                    StatusJson.rejected(source),
                    Ago.words(source.getLastSeenAt(), status.at()) + " ago");
        }
        lines.addAll(table.lines());
        more(lines, sources.size() - MOST_SOURCES, "sources; maestream sources lists all");
    }

    private static void more(List<String> lines, int more, String of) {
        if (more > 0) {
            lines.add("and " + more + " more " + of);
        }
    }
}
