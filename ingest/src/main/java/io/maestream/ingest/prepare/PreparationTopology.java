package io.maestream.ingest.prepare;

import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.time.Clock;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
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

    /** The topology with these settings, telling the observer. */
    public static Topology build(PrepareSettings settings, PrepareObserver observer, Clock clock) {
        RawRecordStep step = new RawRecordStep(new ImagePreparer(settings), clock);
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
                        AvroSerde.serializer(PreparedImage.class),
                        PREPARE)
                .addSink(
                        REJECTED,
                        Topics.IMAGES_REJECTED,
                        new StringSerializer(),
                        AvroSerde.serializer(RejectedImage.class),
                        PREPARE);
    }
}
