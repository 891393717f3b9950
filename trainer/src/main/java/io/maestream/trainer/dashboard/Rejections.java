package io.maestream.trainer.dashboard;

import io.maestream.schemas.SourceStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Records that were left out, by reason: those of preparation, and those of this trainer. */
final class Rejections {

    static final String OTHER_REASONS = "other reasons";

    private static final int SOURCES = 10_000;

    private final int capacity;
    private final Map<String, Long> own = new TreeMap<>();
    private final Map<String, Map<String, Long>> bySource = new HashMap<>();

    /**
     * @param capacity reasons of the trainer's own to tell apart
     */
    Rejections(int capacity) {
        this.capacity = capacity;
    }

    void leftOut(String reason) {
        boolean fits = own.containsKey(reason) || own.size() < capacity - 1;
        own.merge(fits ? reason : OTHER_REASONS, 1L, Long::sum);
    }

    void prepared(SourceStatus status) {
        if (bySource.size() < SOURCES || bySource.containsKey(status.getSourceId())) {
            bySource.put(status.getSourceId(), Map.copyOf(status.getRejected()));
        }
    }

    Map<String, Long> byReason() {
        Map<String, Long> sums = new TreeMap<>(own);
        bySource.values()
                .forEach(counts -> counts.forEach((reason, n) -> sums.merge(reason, n, Long::sum)));
        return sums;
    }
}
