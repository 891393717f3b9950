package io.maestream.app.metrics;

import io.maestream.schemas.client.ClientWatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Kafka's own metrics of every client that works for long, and what they say about the brokers:
 * whether any connection is open.
 */
public final class ClientMeters implements ClientWatch, AutoCloseable {

    /** Metrics of a partition or a node come and go; they are looked for this often. */
    private static final Duration REFRESH = Duration.ofSeconds(10);

    /** A client that reconnects is not away. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final String CONNECTIONS = "connection-count";

    /** Kafka Streams polls it only while it restores, so it does not notice that a broker went. */
    private static final String SELDOM_POLLED = "restore-consumer";

    private static final int MILLIS_BETWEEN_LOOKS = 1_000;

    private final MeterRegistry registry;
    private final Clock clock;
    private final Duration refresh;
    private final ScheduledExecutorService refreshing;
    private final Map<Object, Client> clients = new ConcurrentHashMap<>();
    private volatile Instant lastConnected;

    private record Client(
            AutoCloseable binder, Supplier<Map<MetricName, ? extends Metric>> metrics) {}

    /** Meters into this registry. */
    public ClientMeters(MeterRegistry registry, Clock clock) {
        this(registry, clock, REFRESH);
    }

    ClientMeters(MeterRegistry registry, Clock clock, Duration refresh) {
        this.registry = registry;
        this.clock = clock;
        this.refresh = refresh;
        this.lastConnected = clock.instant();
        this.refreshing =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "client-meters");
                            thread.setDaemon(true);
                            return thread;
                        });
        refreshing.scheduleWithFixedDelay(
                this::look, MILLIS_BETWEEN_LOOKS, MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
        Gauge.builder("maestream.broker.connections", this, ClientMeters::connections)
                .description("Open connections of Kafka clients to brokers")
                .register(registry);
    }

    @Override
    public Runnable opened(Producer<?, ?> producer) {
        var binder = new KafkaClientMetrics(producer, Tags.empty(), refreshing, refresh);
        binder.bindTo(registry);
        return watch(producer, new Client(binder, producer::metrics));
    }

    @Override
    public Runnable opened(Consumer<?, ?> consumer) {
        var binder = new KafkaClientMetrics(consumer, Tags.empty(), refreshing, refresh);
        binder.bindTo(registry);
        return watch(consumer, new Client(binder, consumer::metrics));
    }

    /**
     * The same for the clients of Kafka Streams, before they start.
     *
     * @return run when it is closed
     */
    public Runnable opened(KafkaStreams streams) {
        var binder = new KafkaStreamsMetrics(streams, Tags.empty(), refreshing, refresh);
        binder.bindTo(registry);
        return watch(streams, new Client(binder, streams::metrics));
    }

    /** Whether any broker is connected. */
    public Health health() {
        if (clients.isEmpty()) {
            return Health.unready("starting", "no Kafka client has been opened yet");
        }
        if (look()) {
            return Health.running("connected to the brokers");
        }
        Duration away = Duration.between(lastConnected, clock.instant());
        return away.compareTo(PATIENCE) <= 0
                ? Health.running("connecting to the brokers")
                : Health.unready(
                        "brokers-away",
                        "no broker is connected since "
                                + away.toSeconds()
                                + " s; see kafka.bootstrap.servers, and whether they run");
    }

    @Override
    public void close() {
        clients.values().forEach(ClientMeters::close);
        clients.clear();
        refreshing.shutdownNow();
    }

    private Runnable watch(Object key, Client client) {
        clients.put(key, client);
        return () -> {
            Client ended = clients.remove(key);
            if (ended != null) {
                close(ended);
            }
        };
    }

    /** Nobody may ask for long, and then wants to know since when. */
    private boolean look() {
        boolean connected = connections() > 0;
        if (connected) {
            lastConnected = clock.instant();
        }
        return connected;
    }

    private double connections() {
        return clients.values().stream()
                .flatMap(client -> client.metrics().get().entrySet().stream())
                .filter(entry -> countsConnections(entry.getKey()))
                .map(entry -> entry.getValue().metricValue())
                .filter(Number.class::isInstance)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .sum();
    }

    private static boolean countsConnections(MetricName metric) {
        return metric.name().equals(CONNECTIONS)
                && !metric.tags().getOrDefault("client-id", "").endsWith(SELDOM_POLLED);
    }

    private static void close(Client client) {
        try {
            client.binder().close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot forget a client's meters", e);
        }
    }
}
