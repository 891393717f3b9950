package io.maestream.app.status;

import io.maestream.schemas.SourceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything at one time.
 *
 * @param at when
 * @param runs those with trainers first, then the one heard of last
 * @param sources in the order of their names
 * @param rejections of the last hour
 */
public record Status(
        Instant at, List<RunStatus> runs, List<SourceStatus> sources, Rejections rejections) {
    /** Copies the lists. */
    public Status {
        runs = List.copyOf(runs);
        sources = List.copyOf(sources);
    }

    /** The same with one run only, if one is named. */
    public Status only(Optional<String> runId) {
        List<RunStatus> wanted =
                runs.stream().filter(run -> runId.map(run.id()::equals).orElse(true)).toList();
        return new Status(at, wanted, sources, rejections);
    }
}
