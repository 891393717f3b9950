package io.maestream.ingest.prepare;

import static io.maestream.ingest.prepare.PreparationDriver.CAMERA;
import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.ingest.TestImages;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.RejectionReason;
import io.maestream.schemas.SourceStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What preparation drops, what it lets through, and that it counts both. */
class RepeatsTopologyTest {

    private static final byte[] PICTURE = TestImages.jpeg(64, 48);

    @TempDir Path state;

    @Test
    void shouldDropAnExactRepeatOfTheSameSourceWithinTheWindow() {
        try (PreparationDriver driver = new PreparationDriver(state)) {
            // When the same bytes come again: redelivered, renamed, from elsewhere, and much later
            driver.pipe("a", PICTURE, 0);
            driver.pipe("a", PICTURE, 20_000);
            driver.pipe("b", PICTURE, 21_000);
            driver.pipe(driver.image("camera-2", "c", PICTURE), 22_000);
            driver.pipe("a", PICTURE, 3_590_000);
            driver.pipe("a", PICTURE, 3_700_000);

            // Then
            assertThat(driver.preparedIds()).containsExactly("a", "c", "a");
            assertThat(driver.rejected.isEmpty()).isTrue();
            SourceStatus counters = driver.counters().get(CAMERA);
            assertThat(counters.getReceived()).isEqualTo(5);
            assertThat(counters.getPrepared()).isEqualTo(2);
            assertThat(counters.getDuplicates()).isEqualTo(3);
        }
    }

    @Test
    void shouldKeepHeartbeatsOnlyWhenACameraIsStill() {
        try (PreparationDriver driver = new PreparationDriver(state)) {
            // When it sends the same bytes ten times a second for 100 s
            for (int i = 0; i < 1000; i++) {
                driver.pipe("frame-" + i, PICTURE, 100L * i);
            }

            // Then
            assertThat(driver.preparedIds())
                    .containsExactly("frame-0", "frame-300", "frame-600", "frame-900");
            assertThat(driver.counters().get(CAMERA).getDuplicates()).isEqualTo(996);
        }
    }

    @Test
    void shouldDropWhatOnlyLooksTheSameButKeepCuts() {
        try (PreparationDriver driver = new PreparationDriver(state)) {
            // When one scene is shown with a little noise, then another, then the first again
            for (int i = 0; i < 30; i++) {
                driver.pipe("frame-" + i, Scenes.frame(i / 10 % 2, i), 100L * i);
            }

            // Then
            assertThat(driver.preparedIds()).containsExactly("frame-0", "frame-10", "frame-20");
            SourceStatus counters = driver.counters().get(CAMERA);
            assertThat(counters.getNearDuplicates()).isEqualTo(27);
        }
    }

    @Test
    void shouldKeepEveryCutWhateverTheScenes() {
        try (PreparationDriver driver = new PreparationDriver(state)) {
            // When forty scenes, half of them flat, are shown for three frames each
            List<String> cuts = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                driver.pipe("frame-" + i, Scenes.frame(i / 3, i), 40L * i);
                if (i % 3 == 0) {
                    cuts.add("frame-" + i);
                }
            }

            // Then
            assertThat(driver.preparedIds()).containsExactlyElementsOf(cuts);
        }
    }

    @Test
    void shouldDropNothingSimilarWhenSwitchedOff() {
        try (PreparationDriver driver =
                new PreparationDriver(
                        state,
                        Map.of(
                                "prepare.similar.bits", "-1",
                                "prepare.repeat.window.seconds", "0"))) {
            // When
            driver.pipe("a", PICTURE, 0);
            driver.pipe("b", PICTURE, 1);

            // Then
            assertThat(driver.preparedIds()).containsExactly("a", "b");
        }
    }

    @Test
    void shouldPrepareARejectedImageWhenItIsSentAgain() {
        try (PreparationDriver driver =
                new PreparationDriver(
                        state,
                        Map.of(
                                "prepare.quota.images.per.second", "1",
                                "prepare.quota.burst.images", "1"))) {
            // Given an image that comes too early
            driver.pipe("a", PICTURE, 0);
            driver.pipe("b", TestImages.jpeg(48, 64), 10);

            // When
            driver.pipe("b", TestImages.jpeg(48, 64), 1_100);

            // Then
            assertThat(driver.preparedIds()).containsExactly("a", "b");
        }
    }

    @Test
    void shouldRejectWhatASourceSendsAboveItsQuotaAndLeaveOthersAlone() {
        try (PreparationDriver driver =
                new PreparationDriver(
                        state,
                        Map.of(
                                "prepare.quota.images.per.second", "2",
                                "prepare.quota.burst.images", "5"))) {
            // When one camera sends 100 images in a second and another one a few
            for (int i = 0; i < 100; i++) {
                driver.pipe("many-" + i, Scenes.frame(i % 2, i), 10L * i);
                if (i % 30 == 0) {
                    driver.pipe(
                            driver.image("quiet", "few-" + i, Scenes.frame(i / 30 % 2, i)),
                            10L * i);
                }
            }

            // Then it got its burst and what flowed in
            Map<String, SourceStatus> counters = driver.counters();
            assertThat(counters.get(CAMERA).getRejected()).containsExactly(Map.entry("QUOTA", 94L));
            assertThat(counters.get("quiet").getPrepared()).isEqualTo(4);
            List<RejectedImage> rejected = driver.rejected.readValuesToList();
            assertThat(rejected).hasSize(94);
            assertThat(rejected.get(0).getReason()).isEqualTo(RejectionReason.QUOTA);
            assertThat(rejected.get(0).getDetail()).contains("rejected retry --reason QUOTA");
            assertThat(rejected.get(0).getOrigin()).startsWith("dir/many-");
        }
    }
}
