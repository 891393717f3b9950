package io.maestream.ingest.prepare;

import io.maestream.ingest.payload.NoPayloadStore;
import io.maestream.ingest.payload.PayloadReader;
import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.RawImage;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.SourceStatus;
import io.maestream.schemas.streams.SmallStores;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The whole topology without a broker. */
final class PreparationDriver implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final String CAMERA = "camera-1";

    final TopologyTestDriver driver;
    final TestInputTopic<byte[], byte[]> raw;
    final TestOutputTopic<String, PreparedImage> prepared;
    final TestOutputTopic<String, RejectedImage> rejected;
    final TestOutputTopic<String, SourceStatus> status;
    private long sequence;

    PreparationDriver(Path state) {
        this(state, Map.of(), PrepareObserver.NONE, new NoPayloadStore());
    }

    PreparationDriver(Path state, Map<String, String> settings) {
        this(state, settings, PrepareObserver.NONE, new NoPayloadStore());
    }

    PreparationDriver(
            Path state,
            Map<String, String> settings,
            PrepareObserver observer,
            PayloadReader payloads) {
        Properties properties = new Properties();
        Class<?> handler = RejectingExceptionHandler.class;
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, handler);
        properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, handler);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SmallStores.class);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver =
                new TopologyTestDriver(
                        new PreparationTopology(
                                        settings(settings),
                                        observer,
                                        Clock.fixed(NOW, ZoneOffset.UTC))
                                .build(payloads),
                        properties,
                        NOW);
        raw =
                driver.createInputTopic(
                        Topics.IMAGES_RAW, new ByteArraySerializer(), new ByteArraySerializer());
        prepared = output(Topics.IMAGES_PREPARED, PreparedImage.class);
        rejected = output(Topics.IMAGES_REJECTED, RejectedImage.class);
        status = output(Topics.SOURCES_STATUS, SourceStatus.class);
    }

    static PreparationSettings settings(Map<String, String> values) {
        return PreparationSettings.from(
                PreparationSettings.definition().parse(new HashMap<>(values)));
    }

    private <T extends SpecificRecord> TestOutputTopic<String, T> output(
            String topic, Class<T> type) {
        return driver.createOutputTopic(
                topic, new StringDeserializer(), AvroSerde.deserializer(type));
    }

    /** An image of the camera, so many milliseconds after the beginning. */
    void pipe(String id, byte[] bytes, long millis) {
        pipe(image(CAMERA, id, bytes), millis);
    }

    void pipe(RawImage image, long millis) {
        byte[] value = AvroSerde.serializer(RawImage.class).serialize("images.raw", image);
        raw.pipeInput(
                new TestRecord<>(
                        image.getSourceId().getBytes(), value, new RecordHeaders(), 77L + millis));
    }

    RawImage image(String source, String id, byte[] bytes) {
        return RawImage.newBuilder()
                .setImageId(id)
                .setSourceId(source)
                .setSequence(sequence++)
                .setCapturedAt(Instant.ofEpochSecond(3))
                .setPayload(ByteBuffer.wrap(bytes))
                .setOrigin("dir/" + id)
                .build();
    }

    List<String> preparedIds() {
        return prepared.readValuesToList().stream().map(PreparedImage::getImageId).toList();
    }

    /** The counters that go out when the interval is over, by source. */
    Map<String, SourceStatus> counters() {
        driver.advanceWallClockTime(Duration.ofSeconds(5));
        return status.readKeyValuesToMap();
    }

    @Override
    public void close() {
        driver.close();
    }
}
