package io.maestream.ingest.source.directory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decides which files have stopped changing: those found in the same state for long enough. */
final class SettledFiles {

    private final Duration settle;
    private final Map<String, Since> waiting = new HashMap<>();

    private record Since(FileStamp stamp, Instant first) {}

    /** A file in a state that has lasted. */
    record Settled(String name, FileStamp stamp) {}

    SettledFiles(Duration settle) {
        this.settle = settle;
    }

    /**
     * Takes what a scan found and gives what has settled, the oldest first. A file that has gone is
     * forgotten.
     */
    List<Settled> update(Map<String, FileStamp> found, Instant now) {
        waiting.keySet().retainAll(found.keySet());
        List<Settled> settled = new ArrayList<>();
        found.forEach(
                (name, stamp) -> {
                    Since since =
                            waiting.compute(
                                    name,
                                    (key, before) ->
                                            before != null && before.stamp().equals(stamp)
                                                    ? before
                                                    : new Since(stamp, now));
                    if (!now.isBefore(since.first().plus(settle))) {
                        settled.add(new Settled(name, stamp));
                    }
                });
        settled.sort(
                Comparator.comparingLong((Settled file) -> file.stamp().modifiedMicros())
                        .thenComparing(Settled::name));
        return settled;
    }
}
