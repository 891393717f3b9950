package io.maestream.app.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names of sources as label values. Whoever publishes chooses them, and each is a time series more:
 * only the first so many have their own, the others share one.
 */
final class SourceLabels {

    static final String OTHERS = "(others)";

    private static final int LONGEST = 128;

    private final int max;
    private final Set<String> named = ConcurrentHashMap.newKeySet();

    SourceLabels(int max) {
        this.max = max;
    }

    String of(String sourceId) {
        if (named.contains(sourceId)) {
            return sourceId;
        }
        return add(sourceId) ? sourceId : OTHERS;
    }

    boolean isNamed(String sourceId) {
        return named.contains(sourceId);
    }

    private synchronized boolean add(String sourceId) {
        boolean fits = sourceId.length() <= LONGEST && named.size() < max;
        if (fits) {
            named.add(sourceId);
        }
        return fits;
    }
}
