package io.maestream.ingest.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.ingest.source.Pacer;
import io.maestream.ingest.source.SimulatedCameraSource;
import io.maestream.ingest.source.SimulationSettings;
import io.maestream.ingest.source.SourceImage;
import io.maestream.schemas.SourceStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of the demo's cameras when near-duplicates are dropped. */
class SimulatedCamerasTopologyTest {

    private static final int CAMERAS = 3;
    private static final int RATE = 20;
    private static final int FRAMES = 10 * RATE;

    @TempDir Path state;

    @Test
    void shouldDropNoneAsExactRepeatsAndMostAsSimilarWhenCamerasAreSimulated() throws Exception {
        // Given ten seconds of the demo's three cameras
        Map<String, SourceStatus> counters;
        try (PreparationDriver driver = new PreparationDriver(state);
                SimulatedCameraSource cameras =
                        new SimulatedCameraSource(
                                new SimulationSettings(CAMERAS, 160, 120, RATE, 1, 0, FRAMES, 0),
                                new NoWait())) {
            // When
            Optional<SourceImage> next = cameras.next();
            for (int i = 0; next.isPresent(); i++, next = cameras.next()) {
                SourceImage image = next.get();
                driver.pipe(
                        driver.image(image.sourceId(), image.imageId(), image.bytes()),
                        i / CAMERAS * 1000L / RATE);
            }
            counters = driver.counters();
        }

        // Then
        StringBuilder kept = new StringBuilder();
        counters.forEach(
                (id, source) ->
                        kept.append(
                                "%s %d of %d; "
                                        .formatted(
                                                id, source.getPrepared(), source.getReceived())));
        assertThat(counters).as(kept.toString()).hasSize(CAMERAS);
        counters.values()
                .forEach(
                        source ->
                                assertThat(source.getPrepared())
                                        .as(kept.toString())
                                        .isBetween(FRAMES / 20L, FRAMES / 2L));
        assertThat(counters.values()).extracting(SourceStatus::getDuplicates).containsOnly(0L);
    }

    /** Frames at once, with the times they would have. */
    private record NoWait() implements Pacer {
        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public boolean await(Instant due) {
            return true;
        }

        @Override
        public void close() {
            // There is nothing to wake.
        }
    }
}
