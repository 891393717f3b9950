package io.maestream.app.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.app.Records;
import io.maestream.app.status.RunStatus.Activity;
import io.maestream.schemas.RejectionReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusBoardTest {
    private final StatusBoard board = new StatusBoard();

    @Test
    void shouldTellWhatTheTrainersAreUpTo() {
        // Given steps ten seconds ago
        board.add(Records.step(1, 1f));
        GroupStatus nobodyActive = new GroupStatus(Optional.empty(), List.of("a"), List.of());

        // Then
        assertThat(activity(Examples.group(), 0)).isEqualTo(Activity.TRAINING);
        assertThat(activity(Examples.group(), 60)).isEqualTo(Activity.WAITING);
        assertThat(activity(nobodyActive, 0)).isEqualTo(Activity.CHANGING);
        assertThat(activity(GroupStatus.none(), 0)).isEqualTo(Activity.STOPPED);
    }

    @Test
    void shouldForgetTheStepsThatARunWentBackBehind() {
        // Given a run that went back from step 30 to step 10
        for (int step = 1; step <= 30; step++) {
            board.add(Records.step(step, 9f));
        }
        board.add(Records.step(11, 1f));

        // Then
        RunStatus.Steps steps = only().steps().orElseThrow();
        assertThat(steps.state().step()).isEqualTo(11);
        assertThat(steps.losses()).hasSize(12).endsWith(9f, 1f);
    }

    @Test
    void shouldKeepABoundedNumberOfSteps() {
        // When
        for (int step = 1; step <= 2 * StatusBoard.STEPS; step++) {
            board.add(Records.step(step, step % 7 == 0 ? Float.NaN : 1f));
        }

        // Then
        assertThat(only().steps().orElseThrow().losses())
                .hasSizeBetween(StatusBoard.STEPS / 2, StatusBoard.STEPS)
                .doesNotContain(Float.NaN);
    }

    @Test
    void shouldShowTheScoreOfTheLastCheckpointOnly() {
        // Given a checkpoint without a score after one with
        board.add(Records.committed(Records.RUN, 8));
        board.add(Examples.score("default-8", 0.5));
        assertThat(only().score()).isPresent();
        board.add(Records.committed(Records.RUN, 16));

        // Then
        assertThat(only().score()).isEmpty();
    }

    @Test
    void shouldForgetRejectionsAfterAnHourAndSourcesThatAreDeleted() {
        // Given
        board.add(Examples.rejected(RejectionReason.EMPTY, Examples.NOW.minusSeconds(3700)));
        board.add(Examples.rejected(RejectionReason.QUOTA, Examples.NOW));
        board.add(Examples.source("gone"));
        board.removeSource("gone");

        // When
        Status status = board.at(Examples.NOW, Map.of());

        // Then
        assertThat(status.rejections().byReason()).containsExactly(Map.entry("QUOTA", 1L));
        assertThat(status.rejections().complete()).isTrue();
        assertThat(status.sources()).isEmpty();
    }

    @Test
    void shouldSayWhereThereAreMoreRejectionsThanItKeeps() {
        // When
        for (int i = 0; i <= StatusBoard.REJECTED; i++) {
            board.add(Examples.rejected(RejectionReason.QUOTA, Examples.NOW));
        }

        // Then
        Rejections rejections = board.at(Examples.NOW, Map.of()).rejections();
        assertThat(rejections.complete()).isFalse();
        assertThat(rejections.total()).isEqualTo(StatusBoard.REJECTED);
    }

    @Test
    void shouldListRunsWithTrainersFirst() {
        // Given a run with steps and one with a trainer only
        board.add(Records.step(1, 1f));

        // When
        Status status = board.at(Examples.NOW, Map.of("new", Examples.group()));

        // Then
        assertThat(status.runs()).extracting(RunStatus::id).containsExactly("new", "default");
        assertThat(status.only(Optional.of("default")).runs()).hasSize(1);
    }

    private RunStatus only() {
        List<RunStatus> runs = board.at(Examples.NOW, Map.of()).runs();
        assertThat(runs).hasSize(1);
        return runs.get(0);
    }

    private Activity activity(GroupStatus group, long later) {
        Status status = board.at(Examples.NOW.plusSeconds(later), Map.of(Records.RUN, group));
        return status.runs().get(0).activity(status.at());
    }
}
