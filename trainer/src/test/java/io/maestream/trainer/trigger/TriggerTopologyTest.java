package io.maestream.trainer.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.schemas.CheckpointRequested;
import io.maestream.schemas.Trigger;
import io.maestream.schemas.TriggerKind;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TriggerTopologyTest {

    private static final Map<String, String> ONLY_DRIFT =
            Map.of("trigger.plateau.window.steps", "0", "trigger.improvement.share", "0");

    @TempDir Path state;
    private final Random random = new Random(5);
    private final List<String> unwatched = new ArrayList<>();
    private final List<String> tooLate = new ArrayList<>();
    private TriggerDriver driver;

    @BeforeEach
    void open() {
        open(ONLY_DRIFT);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldBeWiredAsDrawnWhenDescribed() throws Exception {
        // When
        String description =
                new TriggerTopology(
                                WatchSettings.defaults(), TriggerObserver.NONE, Clock.systemUTC())
                        .build(Map.of())
                        .describe()
                        .toString();

        // Then
        try (InputStream golden = getClass().getResourceAsStream("topology.txt")) {
            assertThat(description)
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void shouldNameTheCameraAndTheFiguresWhenOneDrifts() {
        // Given three cameras of which the second changes its scene at step 400
        driver.run("demo", 1, 600, step -> cameras(3, step >= 400 ? 2 : 0));

        // Then there is one request, soon, that a person understands
        List<CheckpointRequested> requests = driver.requests();
        assertThat(requests).hasSize(1);
        CheckpointRequested request = requests.get(0);
        assertThat(request.getRunId()).isEqualTo("demo");
        assertThat(request.getSourceId()).isEqualTo("camera-2");
        assertThat(request.getTrigger().getKind()).isEqualTo(TriggerKind.DRIFT);
        assertThat(request.getTrigger().getReason())
                .matches(
                        "drift of camera-2: its loss rose by \\d+ %, from 0\\.\\d{3} to 0\\.\\d{3},"
                                + " within its \\d+ steps up to step 4[0-3]\\d");
        assertThat(request.getRequestId()).startsWith("demo-4").contains("-drift-");
        assertThat(request.getRequestedAt()).isEqualTo(TriggerDriver.NOW);
    }

    @Test
    void shouldShareRequestsWhenManyCamerasDriftAtOnce() {
        // Given night falling on ten cameras
        driver.run("demo", 1, 300, step -> cameras(10, 0));
        driver.run("demo", 300, 400, step -> night(10));

        // Then a request or two name them all
        List<CheckpointRequested> requests = driver.requests();
        assertThat(requests.size()).isBetween(1, 2);
        String reasons =
                String.join(" ", requests.stream().map(r -> r.getTrigger().getReason()).toList());
        assertThat(reasons).contains("; also camera-");
    }

    @Test
    void shouldKeepQuietAboutACameraUntilItsCoolDownIsOver() {
        // Given a camera that drifts at 300, again at 400, and again at 600
        driver.run("demo", 1, 300, step -> cameras(2, 0));
        driver.run("demo", 300, 400, step -> scaled(cameras(2, 0), "camera-1", 1.5f));
        driver.run("demo", 400, 600, step -> scaled(cameras(2, 0), "camera-1", 2.2f));
        driver.run("demo", 600, 700, step -> scaled(cameras(2, 0), "camera-1", 4.5f));

        // Then the one within the cool-down is part of what it learns anew
        assertThat(driver.requests())
                .extracting(request -> request.getTrigger().getReason())
                .hasSize(2)
                .first()
                .asString()
                .contains("up to step 3");
    }

    @Test
    void shouldRememberWhatIsOrdinaryWhenItIsStartedAgain() {
        // Given a run that was watched for 300 steps
        driver.run("demo", 1, 300, step -> cameras(3, 0));
        assertThat(driver.requests()).isEmpty();

        // When the service is started again, and a camera changes at once
        Map<String, Map<String, Object>> kept = driver.stores();
        driver.close();
        open(ONLY_DRIFT);
        driver.restore(kept);
        driver.run("demo", 300, 330, step -> cameras(3, 3));

        // Then that is seen, with no time to learn
        assertThat(driver.requests())
                .extracting(CheckpointRequested::getSourceId)
                .containsExactly("camera-3");
    }

    @Test
    void shouldPassOverStepsThatAreTrainedAgain() {
        // Given a run that falls back to its checkpoint at 200 after step 299
        driver.run("demo", 1, 300, step -> cameras(2, 0));
        driver.committed("demo", 200, 0.5);

        // When the steps since then are trained again, with higher losses
        driver.run("demo", 201, 300, step -> cameras(2, 1));
        driver.run("demo", 300, 400, step -> cameras(2, 0));

        // Then nobody is told of a drift
        assertThat(driver.requests()).isEmpty();
    }

    @Test
    void shouldBeginAnewWhenARunBeginsBehindItsLastCheckpoint() {
        // Given a run with a checkpoint, and another one by its name whose losses are higher
        driver.run("demo", 1, 300, step -> cameras(2, 0));
        driver.committed("demo", 290, 0.5);
        driver.run("demo", 1, 250, step -> scaled(cameras(2, 0), "camera-1", 2f));
        assertThat(driver.requests()).isEmpty();

        // When a camera of the second one drifts
        driver.run("demo", 250, 290, step -> scaled(cameras(2, 0), "camera-1", 4f));

        // Then that is seen
        assertThat(driver.requests()).hasSize(1);
    }

    @Test
    void shouldKeepRunsApart() {
        // Given two runs in turn, of which the losses of the second are much higher
        for (long step = 1; step < 340; step++) {
            boolean drifts = step >= 300;
            driver.run("a", step, step + 1, at -> cameras(2, 0));
            driver.run(
                    "b", step, step + 1, at -> scaled(cameras(2, drifts ? 1 : 0), "camera-2", 3f));
        }

        // Then only the one whose camera drifts is told of
        assertThat(driver.requests())
                .extracting(CheckpointRequested::getRunId)
                .containsExactly("b");
    }

    @Test
    void shouldAskForNothingWhenItLearnsLate() {
        // Given steps of which the topology hears hours later
        driver.close();
        Map<String, String> keys = new HashMap<>(ONLY_DRIFT);
        keys.put("trigger.max.age.seconds", "300");
        open(keys);

        driver.run("demo", 1, 400, step -> cameras(2, step >= 300 ? 1 : 0));

        assertThat(driver.requests()).isEmpty();
        assertThat(tooLate).hasSize(1);
    }

    @Test
    void shouldWatchNoMoreCamerasThanItMayRemember() {
        // Given a limit of two cameras
        driver.close();
        Map<String, String> keys = new HashMap<>(ONLY_DRIFT);
        keys.put("trigger.drift.max.sources", "2");
        open(keys);

        // When the third of three drifts, then the second
        driver.run("demo", 1, 400, step -> cameras(3, step >= 300 ? 3 : 0));
        assertThat(driver.requests()).isEmpty();
        driver.run("demo", 400, 440, step -> cameras(3, 2));

        // Then it is said that the third is not watched, and the second is
        assertThat(unwatched).contains("camera-3").doesNotContain("camera-1", "camera-2");
        assertThat(driver.requests())
                .extracting(CheckpointRequested::getSourceId)
                .containsExactly("camera-2");
    }

    @Test
    void shouldMakeRoomForOtherCamerasWhenSomeHaveGone() {
        // Given a limit of two, and two cameras that were last seen 10,000 steps ago
        driver.close();
        Map<String, String> keys = new HashMap<>(ONLY_DRIFT);
        keys.put("trigger.drift.max.sources", "2");
        open(keys);
        driver.run("demo", 1, 100, step -> cameras(2, 0));
        driver.step(TriggerDriver.step("demo", 10_200, 0.5f, Map.of()).build());

        // When the store was swept
        driver.driver.advanceWallClockTime(Duration.ofMinutes(10));
        driver.run("demo", 10_201, 10_300, step -> Map.of("other-1", 0.5f, "other-2", 0.5f));

        // Then others are watched
        assertThat(unwatched).isEmpty();
    }

    @Test
    void shouldGoOnWhenARecordCannotBeReadAndWhenALossIsNotFinite() {
        driver.run("demo", 1, 300, step -> cameras(2, 0));
        driver.steps.pipeInput("demo", new byte[] {1, 2, 3}, TriggerDriver.at(300));
        for (long step = 301; step < 340; step++) {
            driver.step(
                    TriggerDriver.step("demo", step, Float.NaN, Map.of("camera-1", 9f))
                            .setSkipped(true)
                            .build());
        }
        driver.run("demo", 341, 380, step -> cameras(2, 2));

        assertThat(driver.requests())
                .extracting(CheckpointRequested::getSourceId)
                .containsExactly("camera-2");
    }

    private void open(Map<String, String> keys) {
        driver =
                new TriggerDriver(
                        state,
                        keys,
                        new TriggerObserver() {
                            @Override
                            public void unwatched(String runId, String sourceId, int limit) {
                                unwatched.add(sourceId);
                            }

                            @Override
                            public void tooLate(String runId, Trigger trigger, Duration age) {
                                tooLate.add(trigger.getReason());
                            }
                        });
    }

    /** Losses about 0.5 with 5 % of noise; those of the drifted one are half as high again. */
    private Map<String, Float> cameras(int count, int drifted) {
        Map<String, Float> losses = new HashMap<>();
        for (int camera = 1; camera <= count; camera++) {
            double level = camera == drifted ? 0.75 : 0.5;
            losses.put(
                    "camera-" + camera, (float) (level * Math.exp(0.05 * random.nextGaussian())));
        }
        return losses;
    }

    private Map<String, Float> night(int count) {
        Map<String, Float> losses = cameras(count, 0);
        losses.replaceAll((camera, loss) -> 1.5f * loss);
        return losses;
    }

    private static Map<String, Float> scaled(
            Map<String, Float> losses, String camera, float factor) {
        losses.compute(camera, (id, loss) -> factor * loss);
        return losses;
    }
}
