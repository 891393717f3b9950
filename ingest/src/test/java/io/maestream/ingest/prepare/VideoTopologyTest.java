package io.maestream.ingest.prepare;

import static io.maestream.ingest.prepare.PreparationDriver.CAMERA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.maestream.ingest.source.SourceImage;
import io.maestream.ingest.source.video.VideoFileSource;
import io.maestream.schemas.SourceStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real videos: how many frames are kept, and that no cut is missed. */
class VideoTopologyTest {

    private static final String STREET = "vtest.avi";
    private static final String ROOM = "one-by-one-person-detection.mp4";
    private static final long FRAME_MILLIS = 100;

    @TempDir Path state;

    @Test
    void shouldKeepSomeOfAStreetCamerasFramesByDefault() throws Exception {
        // Given
        try (VideoFileSource video = video(STREET);
                PreparationDriver driver = new PreparationDriver(state)) {
            // When it runs as it was taken, ten frames a second
            int frames = 0;
            for (Optional<SourceImage> next = video.next(); next.isPresent(); next = video.next()) {
                driver.pipe("frame-" + frames, next.get().bytes(), FRAME_MILLIS * frames);
                frames++;
            }

            // Then
            SourceStatus counters = driver.counters().get(CAMERA);
            Files.writeString(Path.of("target", "street-camera.txt"), counters.toString());
            assertThat(counters.getReceived()).isEqualTo(frames).isEqualTo(795);
            assertThat(counters.getPrepared()).isBetween(frames / 10L, frames * 6L / 10);
            assertThat(counters.getNearDuplicates() + counters.getDuplicates())
                    .isEqualTo(frames - counters.getPrepared());
        }
    }

    @Test
    void shouldKeepTheFirstFrameAfterEveryCutBetweenTwoVideos() throws Exception {
        // Given
        try (VideoFileSource street = video(STREET);
                VideoFileSource room = video(ROOM);
                PreparationDriver driver = new PreparationDriver(state)) {
            List<String> cuts = new ArrayList<>();

            // When every seventh frame comes from the other video
            for (int i = 0; i < 350; i++) {
                VideoFileSource video = i / 7 % 2 == 0 ? street : room;
                driver.pipe("frame-" + i, video.next().orElseThrow().bytes(), FRAME_MILLIS * i);
                if (i % 7 == 0) {
                    cuts.add("frame-" + i);
                }
            }

            // Then
            assertThat(driver.preparedIds()).containsAll(cuts);
        }
    }

    private static VideoFileSource video(String name) throws Exception {
        Path file = Path.of(System.getProperty("maestream.data", "absent"), "videos", name);
        assumeThat(file).as("the data directory is not here").exists();
        return new VideoFileSource(file, CAMERA, 0);
    }
}
