package io.maestream.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.ingest.TestImages;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatedCameraSourceTest {

    private final FakePacer pacer = new FakePacer();

    @Test
    void shouldGiveTheSameBytesWhenSeedAndFrameAreTheSame() throws Exception {
        // Given one source that runs to frame 5 and one that begins there
        SourceImage late = take(settings(1, 10, 9, 0), 6).get(5);

        // When
        SourceImage direct = take(settings(1, 10, 9, 5), 1).get(0);

        // Then
        assertThat(direct.bytes()).isEqualTo(late.bytes());
        assertThat(direct.imageId()).isEqualTo(late.imageId());
        assertThat(direct.sequence()).isEqualTo(5);
    }

    @Test
    void shouldLookAtAnotherSceneWhenCameraOrSeedIsAnother() throws Exception {
        // Given
        List<SourceImage> images = take(settings(4, 10, 9, 0), 4);

        // When
        SourceImage otherSeed = take(settings(1, 10, 10, 0), 1).get(0);

        // Then
        assertThat(images)
                .extracting(SourceImage::sourceId)
                .containsExactly("camera-1", "camera-2", "camera-3", "camera-4");
        assertThat(difference(images.get(0), images.get(1))).isGreaterThan(20);
        assertThat(difference(images.get(0), otherSeed)).isGreaterThan(5);
    }

    @Test
    void shouldMoveWithoutFlickerWhenTimePasses() throws Exception {
        // Given ten frames a second of each kind of scene
        List<SourceImage> images = take(settings(4, 10, 3, 0), 4 * 21);

        for (int camera = 0; camera < 4; camera++) {
            // When
            double tenth = difference(images.get(camera), images.get(camera + 4));
            double twoSeconds = difference(images.get(camera), images.get(camera + 80));

            // Then little changes in a tenth of a second, and something does in two
            assertThat(tenth).isBetween(0.1, 5.0);
            assertThat(twoSeconds).isGreaterThan(tenth);
        }
    }

    @Test
    void shouldHaveTheSizeAndContrastOfAPictureWhenDecoded() throws Exception {
        for (SourceImage image : take(settings(4, 10, 1, 0), 4)) {
            // When
            BufferedImage picture = TestImages.decode(image.bytes());

            // Then
            assertThat(picture.getWidth()).isEqualTo(160);
            assertThat(picture.getHeight()).isEqualTo(120);
            assertThat(deviation(picture)).as(image.sourceId()).isGreaterThan(30);
        }
    }

    @Test
    void shouldWaitForEachFrameWhenItHasARate() throws Exception {
        // Given two cameras at 4 frames a second
        Instant start = pacer.now();

        // When
        List<SourceImage> images = take(settings(2, 4, 1, 0), 5);

        // Then both cameras deliver at the same time, every 250 ms
        assertThat(images)
                .extracting(image -> Duration.between(start, image.capturedAt()).toMillis())
                .containsExactly(0L, 0L, 250L, 250L, 500L);
        assertThat(pacer.now()).isEqualTo(start.plusMillis(500));
    }

    @Test
    void shouldTurnOneCameraAfterTheOtherToAnotherSceneForGood() throws Exception {
        // Given two cameras of which one more is turned every three frames
        SimulationSettings turning = new SimulationSettings(2, 160, 120, 10, 9, 0, 0, 3);

        // When
        List<SourceImage> images = take(turning, 2 * 7);

        // Then the first is at frame 3, the second at 6, and each is like before otherwise
        for (int frame = 1; frame < 7; frame++) {
            for (int camera = 0; camera < 2; camera++) {
                SourceImage image = images.get(2 * frame + camera);
                double change = difference(images.get(2 * (frame - 1) + camera), image);
                assertThat(change > 20)
                        .as("%s frame %d", image.sourceId(), frame)
                        .isEqualTo(frame == 3 * (camera + 1));
            }
        }
        SimulationSettings late = turning.startingAt(4);
        assertThat(take(late, 1).get(0).bytes()).isEqualTo(images.get(8).bytes());
    }

    @Test
    void shouldEndWhenTheNumberOfFramesIsReached() throws Exception {
        // Given
        SimulatedCameraSource source =
                new SimulatedCameraSource(
                        new SimulationSettings(2, 32, 32, 0, 1, 100, 3, 0), pacer);

        // When
        List<SourceImage> images = new ArrayList<>();
        for (var i = source.next(); i.isPresent(); i = source.next()) {
            images.add(i.get());
        }

        // Then
        assertThat(images).hasSize(6);
        assertThat(images.get(5).sequence()).isEqualTo(102);
        assertThat(pacer.waits).isEmpty();
    }

    @Test
    void shouldNameTheKeyWhenASettingIsOutOfRange() {
        assertThatThrownBy(() -> new SimulationSettings(0, 160, 120, 10, 1, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("simulate.cameras");
        assertThat(SimulationSettings.defaults().cameras()).isEqualTo(3);
        assertThat(
                        SimulationSettings.from(
                                        SimulationSettings.definition()
                                                .parse(Map.of("simulate.width", "96")))
                                .width())
                .isEqualTo(96);
    }

    private static SimulationSettings settings(int cameras, double rate, long seed, long first) {
        return new SimulationSettings(cameras, 160, 120, rate, seed, first, 0, 0);
    }

    private List<SourceImage> take(SimulationSettings settings, int count) throws Exception {
        List<SourceImage> images = new ArrayList<>();
        SimulatedCameraSource source = new SimulatedCameraSource(settings, pacer);
        for (int i = 0; i < count; i++) {
            images.add(source.next().orElseThrow());
        }
        return images;
    }

    /** Mean absolute difference of the green channel, 0 to 255. */
    private static double difference(SourceImage first, SourceImage second) throws Exception {
        BufferedImage a = TestImages.decode(first.bytes());
        BufferedImage b = TestImages.decode(second.bytes());
        double sum = 0;
        for (int y = 0; y < a.getHeight(); y++) {
            for (int x = 0; x < a.getWidth(); x++) {
                sum += Math.abs(green(a, x, y) - green(b, x, y));
            }
        }
        return sum / (a.getWidth() * a.getHeight());
    }

    private static double deviation(BufferedImage image) {
        double sum = 0;
        double squares = 0;
        int count = image.getWidth() * image.getHeight();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                double value = green(image, x, y);
                sum += value;
                squares += value * value;
            }
        }
        return Math.sqrt(squares / count - Math.pow(sum / count, 2));
    }

    private static int green(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) >> 8 & 0xFF;
    }
}
