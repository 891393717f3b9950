package io.maestream.app.metrics;

import io.maestream.ingest.upload.UploadObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Meters what becomes of uploads; {@code docs/operations.md} lists the names. */
public final class UploadMeters implements UploadObserver {

    private final MeterRegistry registry;
    private final Counter images;
    private final Counter failures;

    UploadMeters(MeterRegistry registry) {
        this.registry = registry;
        this.images =
                Counter.builder("maestream.upload.images")
                        .description("Uploaded images that the brokers have acknowledged")
                        .register(registry);
        this.failures =
                Counter.builder("maestream.upload.failures")
                        .description("Uploads that failed by a defect of ours")
                        .register(registry);
    }

    @Override
    public void accepted(int count) {
        images.increment(count);
    }

    @Override
    public void refused(int status, String reason) {
        Counter.builder("maestream.uploads.refused")
                .description("Uploads not taken, by HTTP status")
                .tag("status", Integer.toString(status))
                .register(registry)
                .increment();
    }

    @Override
    public void failed(Exception cause) {
        failures.increment();
    }
}
