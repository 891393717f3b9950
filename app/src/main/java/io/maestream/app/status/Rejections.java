package io.maestream.app.status;

import java.util.Map;
import java.util.TreeMap;

/**
 * The images that were rejected lately.
 *
 * @param byReason how many, by reason
 * @param complete false if there were more than were read
 */
public record Rejections(Map<String, Long> byReason, boolean complete) {
    /** Copies the map, in alphabetical order. */
    public Rejections {
        byReason = new TreeMap<>(byReason);
    }

    /** All of them. */
    public long total() {
        return byReason.values().stream().mapToLong(Long::longValue).sum();
    }
}
