package io.maestream.follower.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.schemas.CheckpointEvaluated;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreBoardTest {

    private final ScoreBoard board = new ScoreBoard();

    @Test
    void shouldNameTheHighestAndTheFirstOfEqualOnes() {
        add("a", "x", 0.4);
        add("b", "x", 0.6);
        add("c", "x", 0.6);
        add("d", "x", Double.NaN);

        assertThat(board.best("linear.mean").orElseThrow().getCheckpointId()).isEqualTo("b");
        assertThat(board.best("knn.mean")).isEmpty();
        assertThat(board.metrics()).containsExactly("linear.mean");
    }

    @Test
    void shouldCountTheLastOfSeveralScoresOfOneCheckpoint() {
        add("a", "x", 0.9);
        add("b", "x", 0.5);
        add("a", "x", 0.1);

        assertThat(board.best("linear.mean").orElseThrow().getCheckpointId()).isEqualTo("b");
        assertThat(board.scores()).hasSize(2);
        add("a", "y", 0.7);
        assertThat(board.evaluators()).containsExactly("x", "y");
    }

    @Test
    void shouldWaitTwiceAsLongAfterEachFailureUpToTheCap() {
        assertThat(RetryPause.USUAL.after(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(RetryPause.USUAL.after(4)).isEqualTo(Duration.ofSeconds(8));
        assertThat(RetryPause.USUAL.after(7)).isEqualTo(Duration.ofMinutes(1));
        assertThat(RetryPause.USUAL.after(1000)).isEqualTo(Duration.ofMinutes(1));
    }

    private void add(String checkpoint, String evaluator, double score) {
        board.add(
                CheckpointEvaluated.newBuilder()
                        .setCheckpointId(checkpoint)
                        .setRunId("run")
                        .setEvaluator(evaluator)
                        .setEvaluatedAt(Instant.EPOCH)
                        .setScores(Map.of("linear.mean", score))
                        .build());
    }
}
