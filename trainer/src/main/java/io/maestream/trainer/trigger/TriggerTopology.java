package io.maestream.trainer.trigger;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointRequested;
import io.maestream.schemas.StepMetrics;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.time.Clock;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;

/**
 * The wiring: {@code training.metrics} → watch → {@code checkpoint.requests}, beside {@code
 * checkpoints} → note.
 */
public final class TriggerTopology {

    static final String STEPS = "ingest-steps";
    static final String CHECKPOINTS = "ingest-checkpoints";
    static final String WATCH = "watch-losses";
    static final String NOTE = "note-checkpoint";
    static final String REQUESTS = "egress-checkpoint-requests";

    private final WatchSettings settings;
    private final TriggerObserver observer;
    private final Clock clock;

    /** With these settings, telling the observer. */
    public TriggerTopology(WatchSettings settings, TriggerObserver observer, Clock clock) {
        this.settings = settings;
        this.observer = observer;
        this.clock = clock;
    }

    /**
     * The topology.
     *
     * @param serdeConfigs what serdes of records are told, of a schema registry for example
     */
    public Topology build(Map<String, ?> serdeConfigs) {
        return new Topology()
                .addSource(
                        STEPS,
                        new StringDeserializer(),
                        reader(StepMetrics.class, serdeConfigs),
                        Topics.TRAINING_METRICS)
                .addSource(
                        CHECKPOINTS,
                        new StringDeserializer(),
                        reader(CheckpointCommitted.class, serdeConfigs),
                        Topics.CHECKPOINTS)
                .addProcessor(WATCH, () -> new WatchProcessor(settings, observer, clock), STEPS)
                .addProcessor(NOTE, NoteCheckpointProcessor::new, CHECKPOINTS)
                .addStateStore(TriggerStores.runs(), WATCH)
                .addStateStore(TriggerStores.cameras(), WATCH)
                .addStateStore(TriggerStores.checkpoints(), WATCH, NOTE)
                .addSink(
                        REQUESTS,
                        Topics.CHECKPOINT_REQUESTS,
                        new StringSerializer(),
                        writer(serdeConfigs),
                        WATCH);
    }

    private static <T extends SpecificRecord> Deserializer<T> reader(
            Class<T> type, Map<String, ?> configs) {
        Deserializer<T> reader = AvroSerde.deserializer(type);
        reader.configure(configs, false);
        return reader;
    }

    private static Serializer<CheckpointRequested> writer(Map<String, ?> configs) {
        Serializer<CheckpointRequested> writer = AvroSerde.serializer(CheckpointRequested.class);
        writer.configure(configs, false);
        return writer;
    }
}
