package io.maestream.trainer.dashboard;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointEvaluated;
import io.maestream.schemas.CheckpointRequested;
import io.maestream.schemas.ReconstructionSample;
import io.maestream.schemas.SourceStatus;
import io.maestream.schemas.StepMetrics;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import io.maestream.trainer.report.PanelSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What the records of a run's topics mean to the page; a record that cannot be read is passed over.
 */
final class RunTopics {

    /** Of each topic, how many of its last records are worth reading at the start. */
    static final Map<String, Integer> TAILS =
            Map.of(
                    Topics.TRAINING_METRICS, 50_000,
                    Topics.CHECKPOINTS, 1_000,
                    Topics.CHECKPOINTS_LATEST, 1_000,
                    Topics.CHECKPOINTS_EVALUATED, 1_000,
                    Topics.CHECKPOINT_REQUESTS, 500,
                    Topics.SOURCES_STATUS, 10_000,
                    Topics.TRAINING_RECONSTRUCTIONS, 5);

    private final String runId;
    private final RunFacts facts;
    private final Map<String, Topic<?>> topics;
    private Optional<List<StepMetrics>> past = Optional.empty();

    /** How a topic's records are read, and what is done with them. */
    private record Topic<V extends SpecificRecord>(
            Deserializer<V> deserializer, Consumer<V> consumer) {

        void take(ConsumerRecord<?, byte[]> received) {
            V value = deserializer.deserialize(received.topic(), received.value());
            if (value != null) {
                consumer.accept(value);
            }
        }
    }

    RunTopics(KafkaClients clients, String runId, RunFacts facts) {
        this.runId = runId;
        this.facts = facts;
        this.topics =
                Map.of(
                        Topics.TRAINING_METRICS,
                        topic(clients, StepMetrics.class, this::stepped),
                        Topics.CHECKPOINTS,
                        topic(clients, CheckpointCommitted.class, this::committed),
                        Topics.CHECKPOINTS_LATEST,
                        topic(clients, CheckpointCommitted.class, facts::latest),
                        Topics.CHECKPOINTS_EVALUATED,
                        topic(clients, CheckpointEvaluated.class, this::evaluated),
                        Topics.CHECKPOINT_REQUESTS,
                        topic(clients, CheckpointRequested.class, this::requested),
                        Topics.SOURCES_STATUS,
                        topic(clients, SourceStatus.class, facts::prepared),
                        Topics.TRAINING_RECONSTRUCTIONS,
                        topic(clients, ReconstructionSample.class, this::drawn));
    }

    /** From here on steps are of the past, until {@link #endOfPast()}. */
    void beginPast() {
        past = Optional.of(new ArrayList<>());
    }

    /** What is read from here on happens now. */
    void endOfPast() {
        past.ifPresent(facts::past);
        past = Optional.empty();
    }

    void read(ConsumerRecord<?, byte[]> received) {
        try {
            topics.get(received.topic()).take(received);
        } catch (SerializationException e) {
            // Somebody else's mistake on a shared topic; the trainer itself reports what concerns
            // it.
            return;
        }
    }

    private void stepped(StepMetrics step) {
        if (runId.equals(step.getRunId())) {
            past.ifPresentOrElse(steps -> steps.add(step), () -> facts.reported(step));
        }
    }

    private void committed(CheckpointCommitted event) {
        if (runId.equals(event.getRunId())) {
            facts.recorded(event);
        }
    }

    private void evaluated(CheckpointEvaluated event) {
        if (runId.equals(event.getRunId())) {
            facts.evaluated(event);
        }
    }

    private void requested(CheckpointRequested request) {
        if (runId.equals(request.getRunId())) {
            facts.requested(request);
        }
    }

    private void drawn(ReconstructionSample sample) {
        if (runId.equals(sample.getRunId())) {
            byte[] png = new byte[sample.getPng().remaining()];
            sample.getPng().duplicate().get(png);
            facts.drawn(
                    new PanelSample(
                            sample.getStep(),
                            Optional.ofNullable(sample.getCheckpointId()),
                            sample.getSourceIds(),
                            sample.getLoss(),
                            png));
        }
    }

    private static <V extends SpecificRecord> Topic<V> topic(
            KafkaClients clients, Class<V> type, Consumer<V> consumer) {
        return new Topic<>(clients.reader(AvroSerde.deserializer(type)), consumer);
    }
}
