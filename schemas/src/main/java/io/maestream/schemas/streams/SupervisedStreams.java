package io.maestream.schemas.streams;

import io.maestream.schemas.client.KafkaClients;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * Runs a topology, exactly once, until it is closed or a failure ends it. Start it once; to start
 * again, build another.
 */
public final class SupervisedStreams implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final KafkaClients clients;
    private final Plan plan;
    private final Function<Map<String, ?>, Topology> topology;
    private final StreamsObserver observer;
    private final Clock clock = Clock.systemUTC();
    private final ThreadFailurePolicy policy = new ThreadFailurePolicy();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private KafkaStreams streams;

    /**
     * How it runs.
     *
     * @param applicationId name that its instances share: group and transactions
     * @param topics that must be there before it starts
     * @param stateDir Kafka Streams' directory, or nothing for its default
     * @param startTimeout how long to wait for brokers and topics
     * @param overrides of Kafka Streams' configuration
     */
    public record Plan(
            String applicationId,
            Set<String> topics,
            Optional<Path> stateDir,
            Duration startTimeout,
            Map<String, Object> overrides) {}

    /**
     * Nothing runs yet.
     *
     * @param topology builds it, given what serdes of records are told
     */
    public SupervisedStreams(
            KafkaClients clients,
            Plan plan,
            Function<Map<String, ?>, Topology> topology,
            StreamsObserver observer) {
        this.clients = clients;
        this.plan = plan;
        this.topology = topology;
        this.observer = observer;
    }

    /**
     * Waits for brokers and topics, then starts the threads and returns.
     *
     * @throws org.apache.kafka.common.KafkaException if they are not there in time
     */
    public void start() throws InterruptedException {
        TopicWait wait = new TopicWait(clients::admin, closing);
        if (wait.await(plan.topics(), plan.startTimeout())) {
            startStreams();
        }
    }

    /** Whether it is processing, not starting, ending or ended. */
    public synchronized boolean isRunning() {
        return streams != null && streams.state() == KafkaStreams.State.RUNNING;
    }

    /** What ended it, if a failure did. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Waits until it was closed or a failure ended it. */
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
        Properties configs = clients.streams(plan.applicationId(), overrides());
        Map<String, Object> serdeConfigs = new HashMap<>();
        configs.forEach((key, value) -> serdeConfigs.put(key.toString(), value));
        streams = new KafkaStreams(topology.apply(serdeConfigs), configs);
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
        Map<String, Object> overrides = new HashMap<>(plan.overrides());
        overrides.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SmallStores.class);
        plan.stateDir()
                .ifPresent(dir -> overrides.put(StreamsConfig.STATE_DIR_CONFIG, dir.toString()));
        return overrides;
    }
}
