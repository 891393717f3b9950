package io.maestream.ingest.prepare;

import static io.maestream.ingest.prepare.RetryingPayloadReader.PATIENCE;

import io.maestream.ingest.payload.PayloadReader;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.streams.SupervisedStreams;
import io.maestream.schemas.topic.Topics;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Runs the preparation topology, exactly once, until it is closed or a failure ends it. Start it
 * once; to start again, build another.
 */
public final class PreparationService implements AutoCloseable {

    private static final Set<String> TOPICS =
            Set.of(
                    Topics.IMAGES_RAW,
                    Topics.IMAGES_PREPARED,
                    Topics.IMAGES_REJECTED,
                    Topics.SOURCES_STATUS);

    private final CountDownLatch closing = new CountDownLatch(1);
    private final SupervisedStreams streams;

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
        PayloadReader patient = new RetryingPayloadReader(payloads, PATIENCE, closing);
        PreparationTopology topology =
                new PreparationTopology(settings.prepare(), observer, Clock.systemUTC());
        this.streams =
                new SupervisedStreams(
                        clients,
                        new SupervisedStreams.Plan(
                                settings.applicationId(),
                                TOPICS,
                                settings.stateDir(),
                                settings.startTimeout(),
                                overrides(settings)),
                        serdeConfigs -> topology.build(patient, serdeConfigs),
                        observer);
    }

    /**
     * Waits for brokers and topics, then starts the threads and returns.
     *
     * @throws org.apache.kafka.common.KafkaException if they are not there in time
     */
    public void start() throws InterruptedException {
        streams.start();
    }

    /** Whether it is processing, not starting, ending or ended. */
    public boolean isRunning() {
        return streams.isRunning();
    }

    /** What ended the service, if a failure did. */
    public Optional<Throwable> failure() {
        return streams.failure();
    }

    /** Waits until the service was closed or a failure ended it. */
    public void awaitEnd() throws InterruptedException {
        streams.awaitEnd();
    }

    /** Finishes the records in hand, commits, and leaves the group. */
    @Override
    public void close() {
        closing.countDown();
        streams.close();
    }

    private static Map<String, Object> overrides(PreparationServiceSettings settings) {
        Class<?> handler = RejectingExceptionHandler.class;
        return Map.of(
                StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                settings.threads(),
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                settings.commitEvery().toMillis(),
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                handler,
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                handler,
                StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
                handler);
    }
}
