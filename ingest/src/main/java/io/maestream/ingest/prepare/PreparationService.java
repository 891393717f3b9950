package io.maestream.ingest.prepare;

import static io.maestream.ingest.prepare.RetryingPayloadReader.PATIENCE;

import io.maestream.ingest.payload.PayloadReader;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * Runs the preparation topology, exactly once, until it is closed or a failure ends it. Start it
 * once; to start again, build another.
 */
public final class PreparationService implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final KafkaClients clients;
    private final PreparationServiceSettings settings;
    private final PayloadReader payloads;
    private final PrepareObserver observer;
    private final Clock clock;
    private final ThreadFailurePolicy policy = new ThreadFailurePolicy();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private KafkaStreams streams;

    /**
     * A service that tells the observer what becomes of each record.
     *
     * @param payloads fetches images that travel as references
     */
    public PreparationService(
            KafkaClients clients,
            PreparationServiceSettings settings,
            PayloadReader payloads,
            PrepareObserver observer) {
        this.clients = clients;
        this.settings = settings;
        this.payloads = new RetryingPayloadReader(payloads, PATIENCE, closing);
        this.observer = observer;
        this.clock = Clock.systemUTC();
    }

    /**
     * Waits for brokers and topics, then starts the threads and returns.
     *
     * @throws org.apache.kafka.common.KafkaException if they are not there in time
     */
    public void start() throws InterruptedException {
        Set<String> topics =
                Set.of(
                        Topics.IMAGES_RAW,
                        Topics.IMAGES_PREPARED,
                        Topics.IMAGES_REJECTED,
                        Topics.SOURCES_STATUS);
        TopicWait wait = new TopicWait(clients::admin, closing);
        if (wait.await(topics, settings.startTimeout())) {
            startStreams();
        }
    }

    /** Whether it is processing, not starting, ending or ended. */
    public synchronized boolean isRunning() {
        return streams != null && streams.state() == KafkaStreams.State.RUNNING;
    }

    /** What ended the service, if a failure did. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Waits until the service was closed or a failure ended it. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Finishes the records in hand, commits, and leaves the group. */
    @Override
    public synchronized void close() {
        closing.countDown();
        if (streams != null) {
            // Without leaving, a successor would wait for the session of this member to expire.
            streams.close(
                    CloseOptions.timeout(CLOSE_TIMEOUT)
                            .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        }
        ended.countDown();
    }

    private synchronized void startStreams() {
        if (closing.getCount() == 0) {
            return;
        }
        Properties configs = clients.streams(settings.applicationId(), overrides());
        Map<String, Object> serdeConfigs = new HashMap<>();
        configs.forEach((key, value) -> serdeConfigs.put(key.toString(), value));
        streams =
                new KafkaStreams(
                        new PreparationTopology(settings.prepare(), observer, clock)
                                .build(payloads, serdeConfigs),
                        configs);
        streams.setStateListener((now, before) -> changed(now));
        streams.setUncaughtExceptionHandler(this::threadFailed);
        observer.starting(streams);
        streams.start();
    }

    private void changed(KafkaStreams.State now) {
        observer.state(now.name());
        if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
            ended.countDown();
        }
    }

    private StreamThreadExceptionResponse threadFailed(Throwable cause) {
        boolean fatal = policy.isFatal(cause, clock.instant());
        observer.threadFailed(cause, fatal);
        if (fatal) {
            failure.compareAndSet(null, cause);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private Map<String, Object> overrides() {
        Map<String, Object> overrides = new HashMap<>();
        overrides.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        overrides.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SmallStores.class);
        Class<?> handler = RejectingExceptionHandler.class;
        overrides.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, handler);
        overrides.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, handler);
        overrides.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, handler);
        settings.stateDir()
                .ifPresent(dir -> overrides.put(StreamsConfig.STATE_DIR_CONFIG, dir.toString()));
        return overrides;
    }
}
