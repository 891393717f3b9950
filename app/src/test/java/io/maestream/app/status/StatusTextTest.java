package io.maestream.app.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusTextTest {
    private final StatusText plain = new StatusText(new Colours(false), 60);

    @Test
    void shouldSayEverythingAboutARun() {
        // When
        Status status = Examples.training();

        // Then
        assertThat(plain.run(status.runs().get(0), status.at()))
                .containsExactly(
                        "Run default  training",
                        "  step        40, 320 images",
                        "  loss        0.0340  █▄▃▃▂▂▂▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁",
                        "  speed       80.0 images/s, data wait 25%, learning rate 1.00e-03",
                        "  lag         5 not polled; past the last checkpoint: p0 64, p1 9",
                        "  trainer     trainer-1/10.0.0.7; standing by: trainer-2/10.0.0.8",
                        "  checkpoint  default-32, step 32, 10 s ago, TIME (60 s have passed)",
                        "  score       knn 0.4125 by follower-1");
    }

    @Test
    void shouldSayThatNoTrainerIsRunning() {
        // When
        Status status = Examples.stopped();

        // Then
        assertThat(plain.run(status.runs().get(0), status.at()))
                .first()
                .isEqualTo("Run default  no trainer is running, last step 60 min ago");
    }

    @Test
    void shouldPaintOnlyWhereThereAreColours() {
        // Given
        StatusText painted = new StatusText(new Colours(true), 60);
        Status status = Examples.training();

        // Then
        assertThat(painted.run(status.runs().get(0), status.at()).get(0))
                .isEqualTo("\u001b[1mRun default\u001b[0m  \u001b[32mtraining\u001b[0m");
        assertThat(String.join("", plain.run(status.runs().get(0), status.at())))
                .doesNotContain("\u001b");
    }

    @Test
    void shouldCountRejectionsByReason() {
        assertThat(plain.rejections(Examples.training().rejections()))
                .isEqualTo("Rejected in the last hour: 3 (EMPTY 2, QUOTA 1)");
        assertThat(plain.rejections(new Rejections(Map.of("EMPTY", 7L), false)))
                .isEqualTo("Rejected in the last hour: at least 7 (EMPTY 7)");
        assertThat(plain.rejections(new Rejections(Map.of(), true)))
                .isEqualTo("Rejected in the last hour: none");
    }

    @Test
    void shouldSayAllOfItAsJson() {
        // When
        var json = StatusJson.of(Examples.training());

        // Then
        var run = json.get("runs").get(0);
        assertThat(run.get("run").asText()).isEqualTo("default");
        assertThat(run.get("activity").asText()).isEqualTo("training");
        assertThat(run.get("step").asLong()).isEqualTo(40);
        assertThat(run.get("active").asText()).isEqualTo("trainer-1/10.0.0.7");
        assertThat(run.get("partitions").get(0).get("lag").asLong()).isEqualTo(64);
        assertThat(run.get("partitions").get(1).has("committed")).isFalse();
        assertThat(run.get("checkpoint").get("scores").get("knn").asDouble()).isEqualTo(0.4125);
        assertThat(json.get("sources").get(0).get("rejected").asLong()).isEqualTo(3);
        assertThat(json.get("rejectedLastHour").get("reasons").get("EMPTY").asLong()).isEqualTo(2);
        assertThat(
                        StatusJson.of(
                                        new Status(
                                                Examples.NOW,
                                                List.of(),
                                                List.of(),
                                                new Rejections(Map.of(), true)))
                                .get("runs"))
                .isEmpty();
    }
}
