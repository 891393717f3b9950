package io.maestream.trainer.trigger;

import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.streams.SupervisedStreams;
import io.maestream.schemas.topic.Topics;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Runs the trigger topology, exactly once, until it is closed or a failure ends it. Start it once;
 * to start again, build another.
 */
public final class TriggerService implements AutoCloseable {

    private static final Set<String> TOPICS =
            Set.of(Topics.TRAINING_METRICS, Topics.CHECKPOINTS, Topics.CHECKPOINT_REQUESTS);

    private final SupervisedStreams streams;

    /** A service that tells the observer what it asks for. */
    public TriggerService(
            KafkaClients clients, TriggerSettings settings, TriggerObserver observer) {
        TriggerTopology topology =
                new TriggerTopology(settings.watch(), observer, Clock.systemUTC());
        this.streams =
                new SupervisedStreams(
                        clients,
                        new SupervisedStreams.Plan(
                                settings.applicationId(),
                                TOPICS,
                                settings.stateDir(),
                                settings.startTimeout(),
                                Map.of(
                                        StreamsConfig
                                                .DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                                        PassingOverHandler.class)),
                        topology::build,
                        observer);
    }

    /**
     * Waits for brokers and topics, then starts the thread and returns.
     *
     * @throws org.apache.kafka.common.KafkaException if they are not there in time
     */
    public void start() throws InterruptedException {
        streams.start();
    }

    /** Whether it is watching, not starting, ending or ended. */
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

    /** Finishes the steps in hand, commits, and leaves the group. */
    @Override
    public void close() {
        streams.close();
    }
}
