package io.maestream.ingest.prepare;

import io.maestream.schemas.SourceStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest counters of each source that this instance prepares, for whoever shows or meters them.
 * They are as fresh as {@code prepare.status.interval.seconds}.
 */
public final class SourceBoard implements PrepareObserver {

    /** A meter for each of more sources than these would help nobody. */
    private static final int MAX_SOURCES = 10_000;

    private final Map<String, SourceStatus> newest = new ConcurrentHashMap<>();

    @Override
    public void counted(SourceStatus status) {
        if (newest.size() < MAX_SOURCES || newest.containsKey(status.getSourceId())) {
            newest.put(status.getSourceId(), status);
        }
    }

    /** The newest counters of a source. */
    public Optional<SourceStatus> find(String sourceId) {
        return Optional.ofNullable(newest.get(sourceId));
    }

    /** The newest counters, sorted by source. */
    public List<SourceStatus> sources() {
        return newest.values().stream()
                .sorted((a, b) -> a.getSourceId().compareTo(b.getSourceId()))
                .toList();
    }
}
