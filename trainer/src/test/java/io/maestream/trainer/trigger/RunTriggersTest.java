package io.maestream.trainer.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.schemas.CheckpointRequested;
import io.maestream.schemas.TriggerKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Causes that lie in the whole run: plateau, improvement, and the intervals. */
class RunTriggersTest {

    private static final Map<String, String> NONE =
            Map.of(
                    "trigger.drift.threshold", "0",
                    "trigger.plateau.window.steps", "0",
                    "trigger.improvement.share", "0");

    @TempDir Path state;
    private TriggerDriver driver;

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldAskOnceWhenTheLossNoLongerFalls() {
        open(Map.of("trigger.plateau.window.steps", "50"));

        driver.run("demo", 1, 600, step -> Map.of("a", 0.402f));

        List<CheckpointRequested> requests = driver.requests();
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).getSourceId()).isNull();
        assertThat(requests.get(0).getTrigger().getKind()).isEqualTo(TriggerKind.PLATEAU);
        assertThat(requests.get(0).getTrigger().getReason())
                .isEqualTo(
                        "plateau: the loss has not fallen by 1 % for 150 steps; it is 0.402 at step"
                                + " 200, and was 0.402 at best");
    }

    @Test
    void shouldAskWhenTheLossHasFallenFarSinceTheLastCheckpoint() {
        open(
                Map.of(
                        "trigger.improvement.share",
                        "0.2",
                        "trigger.improvement.spacing.steps",
                        "200"));

        // Given a run without a checkpoint, then one with
        driver.run("demo", 1, 100, step -> Map.of("a", 0.5f));
        driver.committed("demo", 99, 0.5);

        // When its loss falls by 10 %, by 30 %, and stays there while nothing is committed
        driver.run("demo", 100, 400, step -> Map.of("a", 0.45f));
        assertThat(driver.requests()).isEmpty();
        driver.run("demo", 400, 580, step -> Map.of("a", 0.35f));

        // Then it is told once, and again only much later
        List<CheckpointRequested> requests = driver.requests();
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).getTrigger().getKind()).isEqualTo(TriggerKind.IMPROVEMENT);
        assertThat(requests.get(0).getTrigger().getReason())
                .matches(
                        "improvement: the loss fell by 2\\d %, from 0\\.500 at the checkpoint of"
                                + " step 99 to 0\\.\\d{3} at step 4\\d\\d");

        // When the checkpoint was taken, it is what is compared with
        driver.committed("demo", 450, 0.35);
        driver.run("demo", 580, 900, step -> Map.of("a", 0.34f));
        assertThat(driver.requests()).isEmpty();
    }

    @Test
    void shouldAskAfterSoManyImagesSinceTheLastCheckpoint() {
        open(Map.of("trigger.every.images", "" + 100 * TriggerDriver.BATCH));

        // Given a checkpoint at step 60, whoever asked for it
        driver.run("demo", 1, 61, step -> Map.of("a", 0.5f));
        driver.committed("demo", 60, 0.5);
        driver.run("demo", 61, 300, step -> Map.of("a", 0.5f));

        // Then the next ones are asked for from there
        assertThat(driver.requests())
                .extracting(request -> request.getTrigger().getReason())
                .containsExactly(
                        "6400 images since the last checkpoint",
                        "6400 images since the last checkpoint");
    }

    @Test
    void shouldAskAfterSomeTimeButNotWhileNothingIsTrained() {
        open(Map.of("trigger.every.seconds", "100"));
        driver.run("demo", 1, 51, step -> Map.of("a", 0.5f));

        // When hours pass without a step
        driver.driver.advanceWallClockTime(Duration.ofHours(5));
        assertThat(driver.requests()).isEmpty();

        // Then the next step is the reason
        driver.run("demo", 200, 201, step -> Map.of("a", 0.5f));
        assertThat(driver.requests())
                .singleElement()
                .satisfies(
                        request -> {
                            assertThat(request.getTrigger().getKind()).isEqualTo(TriggerKind.TIME);
                            assertThat(request.getTrigger().getReason())
                                    .isEqualTo("199 s since the last checkpoint");
                        });
    }

    @Test
    void shouldComeBackFromItsBytesAsItWas() {
        open(Map.of());
        RunWatch watch = RunWatch.first(new Position(3, 192, 1_000), 0.5).asking(true);

        assertThat(RunWatch.of(watch.bytes())).isEqualTo(watch);
        assertThat(RunWatch.of(new byte[3])).isNull();
        CheckpointMark mark = new CheckpointMark(new Position(3, 192, 1_000), Double.NaN);
        assertThat(CheckpointMark.of(mark.bytes())).isEqualTo(mark);
        assertThat(CheckpointMark.of((byte[]) null)).isNull();
    }

    private void open(Map<String, String> keys) {
        Map<String, String> all = new HashMap<>(NONE);
        all.putAll(keys);
        driver = new TriggerDriver(state, all, TriggerObserver.NONE);
    }
}
