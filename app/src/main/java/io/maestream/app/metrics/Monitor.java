package io.maestream.app.metrics;

import io.maestream.ingest.prepare.PrepareObserver;
import io.maestream.ingest.publish.PublishObserver;
import io.maestream.ingest.source.SourceObserver;
import io.maestream.ingest.upload.UploadObserver;
import io.maestream.schemas.client.ClientWatch;
import io.maestream.trainer.trigger.TriggerObserver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * What a process that publishes or prepares tells a monitor. Hand out its observers, each kind
 * once, and it is told by HTTP what they see.
 */
public final class Monitor implements AutoCloseable {

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<Supplier<Health>> parts = new CopyOnWriteArrayList<>();
    private final int maxSources;
    private final ClientMeters clients;
    private final SourceLabels labels;
    private final SourceTroubles troubles;
    private final MetricsServer server;

    private Monitor(MetricsSettings settings, Clock clock) throws IOException {
        this.maxSources = settings.maxSources();
        this.clients = new ClientMeters(registry, clock);
        this.labels = new SourceLabels(maxSources);
        this.troubles = new SourceTroubles(registry, labels, clock);
        parts.add(clients::health);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        Gauge.builder("maestream.ready", this, monitor -> monitor.health().ready() ? 1 : 0)
                .description("1 when /readyz says 200")
                .register(registry);
        this.server =
                MetricsServer.open(
                        settings, new MetricsServer.Answers(registry::scrape, this::health));
    }

    /**
     * Listens at once.
     *
     * @throws IllegalArgumentException if it would be open to others without a token
     * @throws IOException if the token's file cannot be read or the port cannot be had
     */
    public static Monitor open(MetricsSettings settings, Clock clock) throws IOException {
        return new Monitor(settings, clock);
    }

    /** For all Kafka clients of the process. */
    public ClientWatch clients() {
        return clients;
    }

    /** For a process that watches for reasons to take a checkpoint. */
    public TriggerObserver triggers(TriggerObserver first) {
        return new MeteredTriggers(clients, first);
    }

    /** For a process that prepares. */
    public PrepareObserver preparation() {
        PreparationMeters meters = new PreparationMeters(registry, clients, maxSources);
        parts.add(meters::health);
        return meters;
    }

    /** For a process that publishes from sources. */
    public PublishObserver publishing() {
        parts.add(troubles::health);
        troubles.meter();
        return new PublishMeters(registry, labels, troubles);
    }

    /** For sources that may be lost. */
    public SourceObserver sources() {
        return troubles;
    }

    /** For a process that takes uploads. */
    public UploadObserver uploads() {
        parts.add(() -> Health.running("taking uploads"));
        return new UploadMeters(registry);
    }

    /** Where it answers. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** What {@code /readyz} says. */
    Health health() {
        return Health.of(parts.stream().map(Supplier::get).toList());
    }

    @Override
    public void close() {
        server.close();
        clients.close();
        registry.close();
    }
}
