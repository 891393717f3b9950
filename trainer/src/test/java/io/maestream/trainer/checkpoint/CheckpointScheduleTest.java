package io.maestream.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.schemas.TriggerKind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CheckpointScheduleTest {

    private static final Instant LAST = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void shouldBeDueAfterSoManyImages() {
        CheckpointSchedule schedule = new CheckpointSchedule(1_000, Duration.ZERO);

        assertThat(schedule.due(999, LAST, LAST.plusSeconds(9_999))).isEmpty();
        assertThat(schedule.due(1_000, LAST, LAST))
                .hasValueSatisfying(
                        trigger -> assertThat(trigger.getKind()).isEqualTo(TriggerKind.IMAGES));
    }

    @Test
    void shouldBeDueAfterSoMuchTime() {
        CheckpointSchedule schedule = new CheckpointSchedule(0, Duration.ofSeconds(60));

        assertThat(schedule.due(1, LAST, LAST.plusSeconds(59))).isEmpty();
        assertThat(schedule.due(1, LAST, LAST.plusSeconds(60)))
                .hasValueSatisfying(
                        trigger -> assertThat(trigger.getKind()).isEqualTo(TriggerKind.TIME));
    }

    @Test
    void shouldNeverBeDueWhenNothingWasTrained() {
        CheckpointSchedule schedule = new CheckpointSchedule(1, Duration.ofSeconds(1));

        assertThat(schedule.due(0, LAST, LAST.plusSeconds(3_600))).isEmpty();
    }

    @Test
    void shouldBeDueAtOnceWhenTheClockWasSetBack() {
        CheckpointSchedule schedule = new CheckpointSchedule(0, Duration.ofSeconds(60));

        assertThat(schedule.due(5, LAST, LAST.minusSeconds(3_600)))
                .hasValueSatisfying(
                        trigger -> {
                            assertThat(trigger.getKind()).isEqualTo(TriggerKind.TIME);
                            assertThat(trigger.getReason()).contains("set back by 3600 s");
                        });
        assertThat(new CheckpointSchedule(10, Duration.ZERO).due(5, LAST, LAST.minusSeconds(1)))
                .as("time plays no part")
                .isEmpty();
    }
}
