package io.maestream.ingest.source.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.maestream.ingest.TestImages;
import io.maestream.ingest.source.SourceImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoFileSourceTest {

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({"vtest.avi,795,768,576", "one-by-one-person-detection.mp4,1,0,0"})
    void shouldGiveEveryFrameInOrderWhenReadingAVideo(
            String name, int atLeast, int width, int height) throws Exception {
        // Given
        Path video = Path.of(System.getProperty("maestream.data", "absent"), "videos", name);
        assumeThat(video).as("the data directory is not here").exists();

        // When
        List<SourceImage> images = all(video, 0);

        // Then
        assertThat(images).hasSizeGreaterThanOrEqualTo(atLeast);
        assertThat(images).extracting(SourceImage::capturedAt).isSorted().doesNotHaveDuplicates();
        var first = TestImages.decode(images.get(0).bytes());
        if (width > 0) {
            assertThat(first.getWidth()).isEqualTo(width);
            assertThat(first.getHeight()).isEqualTo(height);
        }
    }

    @Test
    void shouldPassPicturesThroughWhenTheVideoIsMotionJpeg() throws Exception {
        // Given
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        List<byte[]> pictures = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            byte[] picture = TestImages.jpeg(64, 40 + i * 8);
            pictures.add(picture);
            frames.write(picture);
        }
        Path video = Files.write(directory.resolve("a.mjpeg"), frames.toByteArray());

        // When
        List<SourceImage> images = all(video, 0);

        // Then
        assertThat(images).extracting(SourceImage::bytes).containsExactlyElementsOf(pictures);
    }

    @Test
    void shouldReadNoOtherFileWhenAVideoIsAPlaylist() throws Exception {
        // Given a list of files that calls itself a video
        Path list =
                Files.writeString(
                        directory.resolve("a.mp4"), "ffconcat version 1.0\nfile /etc/passwd\n");
        Path hls =
                Files.writeString(
                        directory.resolve("b.mp4"),
                        "#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:1/x.ts\n#EXT-X-ENDLIST\n");

        // When, Then
        assertThatThrownBy(() -> all(list, 0)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> all(hls, 0)).isInstanceOf(IOException.class);
    }

    @Test
    void shouldNameTheFileWhenItIsNoVideo() throws Exception {
        Path text = Files.writeString(directory.resolve("a.avi"), "text");
        assertThatThrownBy(() -> all(text, 0)).hasMessageContaining("a.avi");
        assertThatThrownBy(() -> all(directory.resolve("none.avi"), 0))
                .hasMessageContaining("none.avi");
    }

    private static List<SourceImage> all(Path file, double rate) throws IOException {
        List<SourceImage> images = new ArrayList<>();
        try (VideoFileSource source = new VideoFileSource(file, "video", rate)) {
            for (Optional<SourceImage> i = source.next(); i.isPresent(); i = source.next()) {
                images.add(i.get());
            }
        }
        return images;
    }
}
