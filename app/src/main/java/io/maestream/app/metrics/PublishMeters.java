package io.maestream.app.metrics;

import io.maestream.ingest.publish.PublishObserver;
import io.maestream.ingest.source.SourceImage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Meters what is published; {@code docs/operations.md} lists the names. */
public final class PublishMeters implements PublishObserver {

    private final MeterRegistry registry;
    private final SourceLabels labels;
    private final SourceTroubles troubles;
    private final Counter failures;
    private final Map<String, Published> published = new ConcurrentHashMap<>();

    /** Looked up once, not for each image. */
    private record Published(Counter images, Counter bytes) {}

    PublishMeters(MeterRegistry registry, SourceLabels labels, SourceTroubles troubles) {
        this.registry = registry;
        this.labels = labels;
        this.troubles = troubles;
        this.failures =
                Counter.builder("maestream.publish.failures")
                        .description("Images that the brokers did not take; the process ends")
                        .register(registry);
    }

    @Override
    public void published(SourceImage image) {
        troubles.over(image.sourceId());
        Published of = published.computeIfAbsent(labels.of(image.sourceId()), this::meters);
        of.images().increment();
        of.bytes().increment(image.size());
    }

    @Override
    public void skipped(SourceImage image, String message) {
        counter("publish.skipped.images", "Images too large", labels.of(image.sourceId()))
                .increment();
    }

    @Override
    public void failed(SourceImage image, Exception cause) {
        failures.increment();
    }

    private Published meters(String label) {
        return new Published(
                counter("published.images", "Images the brokers have acknowledged", label),
                counter("published.bytes", "Their encoded bytes", label));
    }

    private Counter counter(String name, String description, String label) {
        return Counter.builder("maestream." + name)
                .description(description)
                .tag("source", label)
                .register(registry);
    }
}
