package io.maestream.app.metrics;

import io.maestream.ingest.source.SourceObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** Which sources are lost just now, and how often they were. */
public final class SourceTroubles implements SourceObserver {

    /**
     * Whoever is tried again and neither fails again nor is told to be back has come to its end.
     */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

    private static final int SHOWN = 3;

    private final MeterRegistry registry;
    private final SourceLabels labels;
    private final Clock clock;
    private final Map<String, Trouble> lost = new ConcurrentSkipListMap<>();

    private record Trouble(String reason, Instant since, Instant tried) {}

    SourceTroubles(MeterRegistry registry, SourceLabels labels, Clock clock) {
        this.registry = registry;
        this.labels = labels;
        this.clock = clock;
    }

    /** For a process that has sources: how many are lost. */
    void meter() {
        Gauge.builder("maestream.sources.lost", this, troubles -> troubles.current().size())
                .description("Sources that give no images and are tried again")
                .register(registry);
    }

    @Override
    public void connected(String sourceId) {
        over(sourceId);
    }

    @Override
    public void retrying(String sourceId, String reason, Duration delay) {
        Instant now = clock.instant();
        lost.merge(
                sourceId,
                new Trouble(reason, now, now.plus(delay)),
                (before, again) -> new Trouble(reason, before.since(), again.tried()));
        counter("retries", "Times a source was lost and tried again", sourceId).increment();
    }

    @Override
    public void gap(String sourceId, Instant from, Instant to) {
        counter("gaps", "Times in which a source saw nothing", sourceId).increment();
        counter("gap.seconds", "How long these were", sourceId)
                .increment(Duration.between(from, to).toMillis() / 1e3);
    }

    /** A source gives images. */
    void over(String sourceId) {
        if (!lost.isEmpty()) {
            lost.remove(sourceId);
        }
    }

    /** Which sources are lost, and why; a process with some of them lost is ready all the same. */
    Health health() {
        List<Map.Entry<String, Trouble>> now = current();
        if (now.isEmpty()) {
            return Health.running("publishing images");
        }
        String reasons =
                now.stream().limit(SHOWN).map(this::words).collect(Collectors.joining("; "));
        String more = now.size() > SHOWN ? "; and " + (now.size() - SHOWN) + " more" : "";
        return Health.troubled("source-lost", reasons + more);
    }

    private String words(Map.Entry<String, Trouble> one) {
        long seconds = Duration.between(one.getValue().since(), clock.instant()).toSeconds();
        return "%s gives no images since %d s: %s"
                .formatted(one.getKey(), seconds, one.getValue().reason());
    }

    private List<Map.Entry<String, Trouble>> current() {
        Instant oldest = clock.instant().minus(FORGOTTEN_AFTER);
        lost.values().removeIf(trouble -> trouble.tried().isBefore(oldest));
        return List.copyOf(lost.entrySet());
    }

    private Counter counter(String name, String description, String sourceId) {
        return Counter.builder("maestream.source." + name)
                .description(description)
                .tag("source", labels.of(sourceId))
                .register(registry);
    }
}
