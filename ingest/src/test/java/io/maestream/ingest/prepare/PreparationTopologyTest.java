package io.maestream.ingest.prepare;

import static io.maestream.ingest.prepare.PreparationDriver.CAMERA;
import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.ingest.TestImages;
import io.maestream.ingest.payload.NoPayloadStore;
import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.RawImage;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.RejectionReason;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparationTopologyTest {

    @TempDir Path state;
    private boolean observerFails;
    private PreparationDriver driver;

    @BeforeEach
    void open() {
        PrepareObserver observer =
                new PrepareObserver() {
                    @Override
                    public void prepared(PreparedImage image, long rawBytes) {
                        if (observerFails) {
                            throw new IllegalStateException("observer broke");
                        }
                    }
                };
        driver = new PreparationDriver(state, Map.of(), observer, new NoPayloadStore());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldBeWiredAsDrawnWhenDescribed() throws Exception {
        // When
        String description =
                new PreparationTopology(
                                PreparationSettings.defaults(),
                                PrepareObserver.NONE,
                                Clock.systemUTC())
                        .build(new NoPayloadStore())
                        .describe()
                        .toString();

        // Then
        try (InputStream golden = getClass().getResourceAsStream("topology.txt")) {
            assertThat(description)
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void shouldPassOnWhatIsKnownOfTheImageWhenPrepared() {
        // Given
        pipe("a", TestImages.jpeg(20, 20));
        RawImage image = driver.image(CAMERA, "b", TestImages.jpeg(500, 250));

        // When
        driver.pipe(image, 0);

        // Then
        driver.prepared.readRecord();
        TestRecord<String, PreparedImage> record = driver.prepared.readRecord();
        PreparedImage result = record.value();
        assertThat(record.key()).isEqualTo("camera-1");
        assertThat(record.timestamp()).isEqualTo(77L);
        assertThat(result.getImageId()).isEqualTo("b");
        assertThat(result.getSequence()).isEqualTo(1);
        assertThat(result.getCapturedAt()).isEqualTo(image.getCapturedAt());
        assertThat(result.getWidth()).isEqualTo(256);
        assertThat(result.getHeight()).isEqualTo(128);
        assertThat(result.getRawPartition()).isZero();
        assertThat(result.getRawOffset()).isEqualTo(1);
        assertThat(driver.rejected.isEmpty()).isTrue();
    }

    @Test
    void shouldAccountForEachFileWhenFiftyBadOnesComeAmongGoodOnes() {
        // Given
        Corrupt[] kinds = Corrupt.values();

        // When
        for (int i = 0; i < 50; i++) {
            pipe("good-" + i, TestImages.jpeg(30 + 2 * i, 30 + i));
            pipe("bad-" + i, kinds[i % kinds.length].bytes(i));
        }

        // Then
        assertThat(driver.prepared.readValuesToList())
                .hasSize(50)
                .allMatch(image -> image.getImageId().startsWith("good-"));
        List<TestRecord<String, RejectedImage>> bad = driver.rejected.readRecordsToList();
        assertThat(bad).hasSize(50);
        for (int i = 0; i < 50; i++) {
            RejectedImage image = bad.get(i).value();
            assertThat(image.getImageId()).isEqualTo("bad-" + i);
            assertThat(image.getReason()).isEqualTo(kinds[i % kinds.length].reason);
            assertThat(image.getDetail()).contains(kinds[i % kinds.length].detail);
            assertThat(image.getTopic()).isEqualTo("images.raw");
            assertThat(image.getOffset()).isEqualTo(2L * i + 1);
            assertThat(image.getOrigin()).isEqualTo("dir/bad-" + i);
            assertThat(image.getRejectedAt()).isEqualTo(PreparationDriver.NOW);
            assertThat(bad.get(i).key()).isEqualTo("camera-1");
        }
    }

    @Test
    void shouldCarryCloudEventAttributesWhenRejected() {
        // When
        pipe("a", new byte[0]);

        // Then
        var headers = driver.rejected.readRecord().headers();
        assertThat(new String(headers.lastHeader("ce_id").value())).isEqualTo("images.raw-0-0");
        assertThat(new String(headers.lastHeader("ce_type").value()))
                .isEqualTo("io.maestream.image.rejected");
    }

    @Test
    void shouldRejectWithCoordinatesWhenARecordCannotBeRead() {
        // Given text, a record of a registry, and a tombstone
        driver.raw.pipeInput(null, "hello".getBytes());
        driver.raw.pipeInput(new byte[] {-1, -2}, new byte[] {0, 0, 0, 0, 1, 2});
        driver.raw.pipeInput((byte[]) null, (byte[]) null);

        // When
        List<RejectedImage> images = driver.rejected.readValuesToList();

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
    void shouldRejectWithShortTextsWhenNamesAreAbsurdlyLong() {
        // Given
        RawImage image =
                RawImage.newBuilder(
                                driver.image(
                                        CAMERA, "x".repeat(2_000_000), TestImages.jpeg(20, 20)))
                        .setOrigin("y".repeat(2_000_000))
                        .build();

        // When
        driver.pipe(image, 0);

        // Then
        RejectedImage result = driver.rejected.readValue();
        assertThat(result.getReason()).isEqualTo(RejectionReason.UNREADABLE_RECORD);
        assertThat(result.getImageId()).hasSize(2000);
        assertThat(result.getOrigin()).hasSize(2000);
    }

    @Test
    void shouldRejectThroughTheNetAndGoOnWhenAStepBreaks() {
        // Given
        observerFails = true;
        pipe("a", TestImages.jpeg(20, 20));
        observerFails = false;

        // When
        pipe("b", TestImages.jpeg(20, 30));

        // Then
        RejectedImage lost = driver.rejected.readValue();
        assertThat(lost.getReason()).isEqualTo(RejectionReason.DECODE_FAILED);
        assertThat(lost.getDetail()).contains("observer broke");
        assertThat(lost.getOffset()).isZero();
        assertThat(driver.prepared.readValue().getImageId()).isEqualTo("b");
    }

    private void pipe(String id, byte[] bytes) {
        driver.pipe(id, bytes, 0);
    }
}
