package io.maestream.ingest.prepare;

import static io.maestream.ingest.prepare.PreparationDriver.CAMERA;
import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.ingest.TestImages;
import io.maestream.ingest.payload.NoPayloadStore;
import io.maestream.schemas.SourceStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counters of sources, on their topic and for meters. */
class StatusTopologyTest {

    @TempDir Path state;

    @Test
    void shouldAccountForEveryRecordWhenGoodAndBadOnesCome() {
        // Given
        SourceBoard board = new SourceBoard();
        try (PreparationDriver driver =
                new PreparationDriver(state, Map.of(), board, new NoPayloadStore())) {
            byte[] good = TestImages.jpeg(64, 48);

            // When
            driver.pipe("a", good, 0);
            driver.pipe("a", good, 1000);
            driver.pipe("b", new byte[0], 2000);
            driver.pipe("c", "text".getBytes(), 3000);
            driver.pipe("d", "texts".getBytes(), 2500);
            driver.raw.pipeInput(null, "no record".getBytes());
            Map<String, SourceStatus> counters = driver.counters();

            // Then
            SourceStatus camera = counters.get(CAMERA);
            assertThat(camera.getReceived()).isEqualTo(5);
            assertThat(camera.getPrepared()).isEqualTo(1);
            assertThat(camera.getDuplicates()).isEqualTo(1);
            assertThat(camera.getRejected())
                    .containsExactlyInAnyOrderEntriesOf(Map.of("EMPTY", 1L, "NOT_AN_IMAGE", 2L));
            assertThat(camera.getBytes()).isEqualTo(2L * good.length + 9);
            assertThat(camera.getPreparedBytes()).isEqualTo(good.length);
            assertThat(camera.getFirstSeenAt()).isEqualTo(Instant.ofEpochMilli(77));
            assertThat(camera.getLastSeenAt()).isEqualTo(Instant.ofEpochMilli(3077));
            assertThat(camera.getUpdatedAt()).isEqualTo(PreparationDriver.NOW);
            assertThat(counters.get("unreadable/0").getRejected())
                    .containsExactly(Map.entry("UNREADABLE_RECORD", 1L));
            assertThat(board.sources()).containsExactlyInAnyOrderElementsOf(counters.values());
        }
    }

    @Test
    void shouldPublishASourceAtMostOnceInAnIntervalAndOnlyIfSomethingChanged() {
        try (PreparationDriver driver = new PreparationDriver(state)) {
            // Given
            for (int i = 0; i < 50; i++) {
                driver.pipe("a", new byte[0], i);
            }

            // When, Then
            driver.driver.advanceWallClockTime(Duration.ofSeconds(4));
            assertThat(driver.status.isEmpty()).isTrue();
            driver.driver.advanceWallClockTime(Duration.ofSeconds(1));
            assertThat(driver.status.readValuesToList()).hasSize(1);
            driver.driver.advanceWallClockTime(Duration.ofSeconds(60));
            assertThat(driver.status.isEmpty()).isTrue();
        }
    }
}
