package io.maestream.ingest.prepare;

import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;

/**
 * The wiring: {@code images.raw} → prepare → {@code images.prepared} or {@code images.rejected}.
 */
public final class PreparationTopology {

    static final String RAW = "ingest-raw-images";
    static final String PREPARE = "prepare-image";
    static final String PREPARED = "egress-prepared-images";
    static final String REJECTED = "egress-rejected-images";

    private PreparationTopology() {}

    /** The topology with these settings, telling the observer, without a schema registry. */
    public static Topology build(PrepareSettings settings, PrepareObserver observer, Clock clock) {
        return build(settings, observer, clock, Map.of());
    }

    /**
     * The same.
     *
     * @param serdeConfigs what serdes are told, of a schema registry for example
     */
    public static Topology build(
            PrepareSettings settings,
            PrepareObserver observer,
            Clock clock,
            Map<String, ?> serdeConfigs) {
        RawRecordStep step = new RawRecordStep(new ImagePreparer(settings), clock, serdeConfigs);
        return new Topology()
                .addSource(
                        RAW,
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        Topics.IMAGES_RAW)
                .addProcessor(PREPARE, () -> new PrepareProcessor(step, observer), RAW)
                .addSink(
                        PREPARED,
                        Topics.IMAGES_PREPARED,
                        new StringSerializer(),
                        configured(AvroSerde.serializer(PreparedImage.class), serdeConfigs),
                        PREPARE)
                .addSink(
                        REJECTED,
                        Topics.IMAGES_REJECTED,
                        new StringSerializer(),
                        configured(AvroSerde.serializer(RejectedImage.class), serdeConfigs),
                        PREPARE);
    }

    private static <T> Serializer<T> configured(Serializer<T> serializer, Map<String, ?> configs) {
        serializer.configure(configs, false);
        return serializer;
    }
}
