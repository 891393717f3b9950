package io.maestream.app.metrics;

import io.maestream.ingest.prepare.PrepareObserver;
import io.maestream.ingest.prepare.SourceBoard;
import io.maestream.schemas.SourceStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * Meters what preparation does, by source, from the counters that it publishes; {@code
 * docs/operations.md} lists the names. A source's counters move with its partition: they go on on
 * the instance that has it, and stand still on the one that had it.
 */
public final class PreparationMeters implements PrepareObserver {

    private static final String SOURCE = "source";
    private static final Meaning RECEIVED = new Meaning("received.images", "Records on images.raw");
    private static final Meaning PREPARED = new Meaning("prepared.images", "Images passed on");
    private static final Meaning RECEIVED_BYTES =
            new Meaning("received.bytes", "Encoded bytes received");
    private static final Meaning PREPARED_BYTES =
            new Meaning("prepared.bytes", "Encoded bytes passed on");
    private static final Meaning DUPLICATES = new Meaning("duplicate.images", "Repeats dropped");

    private final MeterRegistry registry;
    private final ClientMeters clients;
    private final SourceLabels labels;
    private final SourceBoard board = new SourceBoard();
    private final Set<String> registered = ConcurrentHashMap.newKeySet();
    private final Counter replaced;
    private final Counter fatal;
    private volatile Optional<State> state = Optional.empty();

    /** A meter's name and help. */
    private record Meaning(String name, String description) {}

    /**
     * Meters into this registry.
     *
     * @param maxSources sources with meters of their own; the others share one
     */
    public PreparationMeters(MeterRegistry registry, ClientMeters clients, int maxSources) {
        this.registry = registry;
        this.clients = clients;
        this.labels = new SourceLabels(maxSources);
        this.replaced = failures("false");
        this.fatal = failures("true");
    }

    @Override
    public void starting(KafkaStreams streams) {
        clients.opened(streams);
    }

    @Override
    public void state(String name) {
        state = Optional.of(State.valueOf(name));
    }

    @Override
    public void threadFailed(Throwable cause, boolean isFatal) {
        (isFatal ? fatal : replaced).increment();
    }

    @Override
    public void counted(SourceStatus status) {
        String label = labels.of(status.getSourceId());
        board.counted(status);
        if (registered.add(label)) {
            register(label);
        }
        for (String reason : status.getRejected().keySet()) {
            if (registered.add(reason + "/" + label)) {
                counter(
                        new Meaning("rejected.images", "Images rejected"),
                        Tags.of("reason", reason),
                        label,
                        of -> of.getRejected().getOrDefault(reason, 0L));
            }
        }
    }

    /** Whether images are prepared. */
    public Health health() {
        if (state.isEmpty()) {
            return Health.unready("starting", "waiting for brokers and topics");
        }
        return switch (state.get()) {
            case RUNNING -> Health.running("preparing images");
            case CREATED, REBALANCING ->
                    Health.unready("joining", "joining the group, or restoring the stores");
            case PENDING_ERROR, ERROR ->
                    Health.unready("failed", "every preparing thread has failed; see the log");
            case PENDING_SHUTDOWN, NOT_RUNNING -> Health.unready("stopping", "asked to stop");
        };
    }

    private void register(String label) {
        Tags none = Tags.empty();
        counter(RECEIVED, none, label, SourceStatus::getReceived);
        counter(PREPARED, none, label, SourceStatus::getPrepared);
        counter(RECEIVED_BYTES, none, label, SourceStatus::getBytes);
        counter(PREPARED_BYTES, none, label, SourceStatus::getPreparedBytes);
        counter(DUPLICATES, Tags.of("kind", "exact"), label, SourceStatus::getDuplicates);
        counter(DUPLICATES, Tags.of("kind", "near"), label, SourceStatus::getNearDuplicates);
        TimeGauge.builder(
                        "maestream.source.last.seen.timestamp",
                        this,
                        TimeUnit.MILLISECONDS,
                        meters -> meters.lastSeenMillis(label))
                .tag(SOURCE, label)
                .description("Time of the newest image")
                .register(registry);
    }

    private double lastSeenMillis(String label) {
        return sources(label)
                .mapToDouble(of -> of.getLastSeenAt().toEpochMilli())
                .max()
                .orElse(Double.NaN);
    }

    private void counter(
            Meaning meaning, Tags more, String label, ToDoubleFunction<SourceStatus> value) {
        FunctionCounter.builder(
                        "maestream.source." + meaning.name(),
                        this,
                        meters -> meters.sources(label).mapToDouble(value).sum())
                .tags(more.and(SOURCE, label))
                .description(meaning.description())
                .register(registry);
    }

    private Stream<SourceStatus> sources(String label) {
        return label.equals(SourceLabels.OTHERS)
                ? board.sources().stream().filter(of -> !labels.isNamed(of.getSourceId()))
                : board.find(label).stream();
    }

    private Counter failures(String isFatal) {
        return Counter.builder("maestream.prepare.thread.failures")
                .description("Failures of preparing threads; those that are not fatal are replaced")
                .tag("fatal", isFatal)
                .register(registry);
    }
}
