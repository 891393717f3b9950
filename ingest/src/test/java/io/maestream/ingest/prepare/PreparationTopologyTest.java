package io.maestream.ingest.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.ingest.TestImages;
import io.maestream.schemas.PayloadReference;
import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.RawImage;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.RejectionReason;
import io.maestream.schemas.wire.AvroSerde;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PreparationTopologyTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String GOLDEN =
            """
            Topologies:
               Sub-topology: 0
                Source: ingest-raw-images (topics: [images.raw])
                  --> prepare-image
                Processor: prepare-image (stores: [])
                  --> egress-prepared-images, egress-rejected-images
                  <-- ingest-raw-images
                Sink: egress-prepared-images (topic: images.prepared)
                  <-- prepare-image
                Sink: egress-rejected-images (topic: images.rejected)
                  <-- prepare-image

            """;

    private boolean observerFails;
    private final PrepareObserver observer =
            new PrepareObserver() {
                @Override
                public void prepared(PreparedImage image, int rawBytes) {
                    if (observerFails) {
                        throw new IllegalStateException("observer broke");
                    }
                }
            };
    private final TopologyTestDriver driver = driver();
    private final TestInputTopic<byte[], byte[]> raw =
            driver.createInputTopic(
                    "images.raw", new ByteArraySerializer(), new ByteArraySerializer());
    private final TestOutputTopic<String, PreparedImage> prepared =
            driver.createOutputTopic(
                    "images.prepared",
                    new StringDeserializer(),
                    AvroSerde.deserializer(PreparedImage.class));
    private final TestOutputTopic<String, RejectedImage> rejected =
            driver.createOutputTopic(
                    "images.rejected",
                    new StringDeserializer(),
                    AvroSerde.deserializer(RejectedImage.class));

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldBeWiredAsDrawnWhenDescribed() {
        // When
        String description =
                PreparationTopology.build(PrepareSettings.defaults(), observer, Clock.systemUTC())
                        .describe()
                        .toString();

        // Then
        assertThat(description).isEqualTo(GOLDEN);
    }

    @Test
    void shouldPassOnWhatIsKnownOfTheImageWhenPrepared() {
        // Given
        pipe(rawImage("a", TestImages.jpeg(20, 20)));
        RawImage image = rawImage("b", TestImages.jpeg(500, 250));

        // When
        pipe(image);

        // Then
        prepared.readRecord();
        TestRecord<String, PreparedImage> record = prepared.readRecord();
        PreparedImage result = record.value();
        assertThat(record.key()).isEqualTo("camera-1");
        assertThat(record.timestamp()).isEqualTo(77L);
        assertThat(result.getImageId()).isEqualTo("b");
        assertThat(result.getSequence()).isEqualTo(5);
        assertThat(result.getCapturedAt()).isEqualTo(image.getCapturedAt());
        assertThat(result.getWidth()).isEqualTo(256);
        assertThat(result.getHeight()).isEqualTo(128);
        assertThat(result.getRawPartition()).isZero();
        assertThat(result.getRawOffset()).isEqualTo(1);
        assertThat(rejected.isEmpty()).isTrue();
    }

    @Test
    void shouldAccountForEachFileWhenFiftyBadOnesComeAmongGoodOnes() {
        // Given
        Corrupt[] kinds = Corrupt.values();

        // When
        for (int i = 0; i < 50; i++) {
            pipe(rawImage("good-" + i, TestImages.jpeg(30 + i, 30)));
            pipe(rawImage("bad-" + i, kinds[i % kinds.length].bytes(i)));
        }

        // Then
        assertThat(prepared.readValuesToList())
                .hasSize(50)
                .allMatch(image -> image.getImageId().startsWith("good-"));
        List<TestRecord<String, RejectedImage>> bad = rejected.readRecordsToList();
        assertThat(bad).hasSize(50);
        for (int i = 0; i < 50; i++) {
            RejectedImage image = bad.get(i).value();
            assertThat(image.getImageId()).isEqualTo("bad-" + i);
            assertThat(image.getReason()).isEqualTo(kinds[i % kinds.length].reason);
            assertThat(image.getDetail()).contains(kinds[i % kinds.length].detail);
            assertThat(image.getTopic()).isEqualTo("images.raw");
            assertThat(image.getOffset()).isEqualTo(2L * i + 1);
            assertThat(image.getOrigin()).isEqualTo("dir/bad-" + i);
            assertThat(image.getRejectedAt()).isEqualTo(NOW);
            assertThat(bad.get(i).key()).isEqualTo("camera-1");
        }
    }

    @Test
    void shouldCarryCloudEventAttributesWhenRejected() {
        // When
        pipe(rawImage("a", new byte[0]));

        // Then
        var headers = rejected.readRecord().headers();
        assertThat(new String(headers.lastHeader("ce_id").value())).isEqualTo("images.raw-0-0");
        assertThat(new String(headers.lastHeader("ce_type").value()))
                .isEqualTo("io.maestream.image.rejected");
    }

    @Test
    void shouldRejectWithCoordinatesWhenARecordCannotBeRead() {
        // Given text, a record of a registry, and a tombstone
        raw.pipeInput(null, "hello".getBytes());
        raw.pipeInput(new byte[] {-1, -2}, new byte[] {0, 0, 0, 0, 1, 2});
        raw.pipeInput((byte[]) null, (byte[]) null);

        // When
        List<RejectedImage> images = rejected.readValuesToList();

        // Then
        assertThat(images)
                .extracting(RejectedImage::getReason)
                .containsExactly(
                        RejectionReason.UNREADABLE_RECORD,
                        RejectionReason.UNREADABLE_RECORD,
                        RejectionReason.MISSING_PAYLOAD);
        assertThat(images).extracting(RejectedImage::getOffset).containsExactly(0L, 1L, 2L);
        assertThat(images).extracting(RejectedImage::getSize).containsExactly(5L, 6L, -1L);
        assertThat(images.get(1).getDetail()).contains("schema.registry.url");
        assertThat(images).allMatch(image -> image.getSourceId() == null);
    }

    @Test
    void shouldRejectWhenThePayloadIsAReference() {
        // Given
        RawImage image = rawImage("a", new byte[0]);
        RawImage reference =
                RawImage.newBuilder(image)
                        .setPayload(new PayloadReference("s3://b/k", "00", 7L))
                        .build();

        // When
        pipe(reference);

        // Then
        assertThat(rejected.readValue().getReason()).isEqualTo(RejectionReason.MISSING_PAYLOAD);
    }

    @Test
    void shouldRejectWithShortTextsWhenNamesAreAbsurdlyLong() {
        // Given
        RawImage image =
                RawImage.newBuilder(rawImage("x".repeat(2_000_000), TestImages.jpeg(20, 20)))
                        .setOrigin("y".repeat(2_000_000))
                        .build();

        // When
        pipe(image);

        // Then
        RejectedImage result = rejected.readValue();
        assertThat(result.getReason()).isEqualTo(RejectionReason.UNREADABLE_RECORD);
        assertThat(result.getImageId()).hasSize(2000);
        assertThat(result.getOrigin()).hasSize(2000);
    }

    @Test
    void shouldRejectThroughTheNetAndGoOnWhenAStepBreaks() {
        // Given
        observerFails = true;
        pipe(rawImage("a", TestImages.jpeg(20, 20)));
        observerFails = false;

        // When
        pipe(rawImage("b", TestImages.jpeg(20, 20)));

        // Then
        RejectedImage lost = rejected.readValue();
        assertThat(lost.getReason()).isEqualTo(RejectionReason.DECODE_FAILED);
        assertThat(lost.getDetail()).contains("observer broke");
        assertThat(lost.getOffset()).isZero();
        assertThat(prepared.readValue().getImageId()).isEqualTo("b");
    }

    private void pipe(RawImage image) {
        byte[] value = AvroSerde.serializer(RawImage.class).serialize("images.raw", image);
        raw.pipeInput(
                new TestRecord<>(image.getSourceId().getBytes(), value, new RecordHeaders(), 77L));
    }

    private static RawImage rawImage(String name, byte[] bytes) {
        return RawImage.newBuilder()
                .setImageId(name)
                .setSourceId("camera-1")
                .setSequence(5)
                .setCapturedAt(Instant.ofEpochSecond(3))
                .setPayload(ByteBuffer.wrap(bytes))
                .setOrigin("dir/" + name)
                .build();
    }

    private TopologyTestDriver driver() {
        Properties properties = new Properties();
        Class<?> handler = RejectingExceptionHandler.class;
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, handler);
        properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, handler);
        return new TopologyTestDriver(
                PreparationTopology.build(
                        PrepareSettings.defaults(), observer, Clock.fixed(NOW, ZoneOffset.UTC)),
                properties);
    }
}
