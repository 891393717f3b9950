package io.maestream.ingest.source;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Tells several observers. */
public final class SourceObservers implements SourceObserver {

    private final List<SourceObserver> all;

    /** In this order. */
    public SourceObservers(List<SourceObserver> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public void connected(String sourceId) {
        all.forEach(each -> each.connected(sourceId));
    }

    @Override
    public void retrying(String sourceId, String reason, Duration delay) {
        all.forEach(each -> each.retrying(sourceId, reason, delay));
    }

    @Override
    public void gap(String sourceId, Instant from, Instant to) {
        all.forEach(each -> each.gap(sourceId, from, to));
    }
}
