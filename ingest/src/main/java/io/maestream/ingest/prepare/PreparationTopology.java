package io.maestream.ingest.prepare;

import static io.maestream.ingest.prepare.PreparationStores.buckets;
import static io.maestream.ingest.prepare.PreparationStores.counters;
import static io.maestream.ingest.prepare.PreparationStores.lastKept;
import static io.maestream.ingest.prepare.PreparationStores.seen;

import io.maestream.ingest.payload.PayloadReader;
import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.SourceStatus;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.time.Clock;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;

/**
 * The wiring: {@code images.raw} → read → quota → prepare → count → {@code images.prepared}, {@code
 * images.rejected} and {@code sources.status}.
 */
public final class PreparationTopology {

    static final String RAW = "ingest-raw-images";
    static final String READ = "read-record";
    static final String QUOTA = "check-quota";
    static final String PREPARE = "prepare-image";
    static final String COUNT = "count-outcome";
    static final String PREPARED = "egress-prepared-images";
    static final String REJECTED = "egress-rejected-images";
    static final String STATUS = "egress-source-status";

    private final PreparationSettings settings;
    private final PrepareObserver observer;
    private final Clock clock;

    /** With these settings, telling the observer. */
    public PreparationTopology(
            PreparationSettings settings, PrepareObserver observer, Clock clock) {
        this.settings = settings;
        this.observer = observer;
        this.clock = clock;
    }

    /** The topology, fetching images that travel as references from the reader. */
    public Topology build(PayloadReader payloads) {
        return build(payloads, Map.of());
    }

    /**
     * The same.
     *
     * @param serdeConfigs what serdes of records are told, of a schema registry for example
     */
    public Topology build(PayloadReader payloads, Map<String, ?> serdeConfigs) {
        return withSinks(withStores(withSteps(steps(payloads), serdeConfigs)), serdeConfigs);
    }

    private PreparationSteps steps(PayloadReader payloads) {
        return new PreparationSteps(
                new PayloadLoader(payloads, settings.images().maxBytes()),
                new ImagePreparer(settings.images()),
                new Rejections(clock));
    }

    private Topology withSteps(PreparationSteps steps, Map<String, ?> serdeConfigs) {
        Rejections rejections = steps.rejections();
        return new Topology()
                .addSource(
                        RAW,
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        Topics.IMAGES_RAW)
                .addProcessor(
                        READ,
                        () -> new ReadProcessor(new RawRecordReader(rejections, serdeConfigs)),
                        RAW)
                .addProcessor(QUOTA, () -> new QuotaProcessor(settings.quota(), rejections), READ)
                .addProcessor(PREPARE, () -> new PrepareProcessor(steps, settings.repeats()), QUOTA)
                .addProcessor(COUNT, this::counter, READ, QUOTA, PREPARE);
    }

    private CountProcessor counter() {
        return new CountProcessor(settings.statusInterval(), observer, clock);
    }

    private Topology withStores(Topology topology) {
        return topology.addStateStore(buckets(), QUOTA)
                .addStateStore(seen(settings.repeats()), PREPARE)
                .addStateStore(lastKept(), PREPARE)
                .addStateStore(counters(), COUNT);
    }

    private static Topology withSinks(Topology topology, Map<String, ?> configs) {
        sink(topology, PREPARED, Topics.IMAGES_PREPARED, writer(PreparedImage.class, configs));
        sink(topology, REJECTED, Topics.IMAGES_REJECTED, writer(RejectedImage.class, configs));
        sink(topology, STATUS, Topics.SOURCES_STATUS, writer(SourceStatus.class, configs));
        return topology;
    }

    private static <T extends SpecificRecord> void sink(
            Topology topology, String name, String topic, Serializer<T> writer) {
        topology.addSink(name, topic, new StringSerializer(), writer, COUNT);
    }

    private static <T extends SpecificRecord> Serializer<T> writer(
            Class<T> type, Map<String, ?> configs) {
        Serializer<T> writer = AvroSerde.serializer(type);
        writer.configure(configs, false);
        return writer;
    }
}
