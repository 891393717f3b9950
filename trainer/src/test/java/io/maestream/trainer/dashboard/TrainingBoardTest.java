package io.maestream.trainer.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainingBoardTest {

    private Instant now = Instant.ofEpochSecond(1_000);
    private final TrainingBoard board =
            new TrainingBoard(
                    "run",
                    new Clock() {
                        @Override
                        public ZoneOffset getZone() {
                            return ZoneOffset.UTC;
                        }

                        @Override
                        public Clock withZone(ZoneId zone) {
                            return this;
                        }

                        @Override
                        public Instant instant() {
                            return now;
                        }
                    });

    @Test
    void shouldSayWhatItDoesWhenAskedWhetherItIsReady() {
        // Given a trainer that begins, then waits its turn, then restores
        assertThat(board.readiness().state()).isEqualTo("starting");
        board.standingBy("run");
        assertThat(board.readiness().ready()).isFalse();
        assertThat(board.readiness().reason()).contains("another trainer");
        board.restoring("run-1");
        assertThat(board.readiness().state()).isEqualTo("restoring");

        // When it steps, and then no images come for 12 seconds
        board.started("run", Optional.empty());
        board.stepped(Happenings.step(1, 0.5f));
        assertThat(board.readiness())
                .isEqualTo(new Readiness(true, "training", "training", List.of()));
        board.idle(Duration.ofSeconds(1));
        now = now.plusSeconds(12);
        board.idle(Duration.ofSeconds(1));

        // Then it is ready all the same; a late checkpoint is said; silence is a stall
        assertThat(board.readiness())
                .isEqualTo(new Readiness(true, "idle", "no images arrive since 12 s", List.of()));
        board.checkpointLate("run-2", "disk full", Duration.ofSeconds(3));
        assertThat(board.readiness().reason()).contains("The disk is full: a checkpoint is late");
        board.committed(Happenings.committed(2));
        assertThat(board.readiness().state()).isEqualTo("idle");
        now = now.plusSeconds(9);
        assertThat(board.readiness())
                .isEqualTo(new Readiness(false, "stalled", "no step for 9 s", List.of()));
    }

    @Test
    void shouldSayThatItAnnealsWithoutCountingTheBranchsSteps() {
        board.started("run", Optional.empty());
        board.stepped(Happenings.step(1, 0.5f));
        now = now.plusSeconds(70);
        board.annealed(Happenings.step(2, 0.4f), 9);

        assertThat(board.readiness())
                .isEqualTo(
                        new Readiness(
                                true, "annealing", "annealing for a release since 0 s", List.of()));
        assertThat(board.tables().progress().step()).isEqualTo(1);
    }

    @Test
    void shouldGiveEverythingAsJsonWhenThingsHaveHappened() throws IOException {
        // Given
        board.started("run", Optional.empty());
        board.stepped(Happenings.step(1, 0.5f));
        now = now.plusMillis(100);
        board.stepped(Happenings.step(2, Float.NaN));
        board.committed(Happenings.committed(2));
        board.badRecord(Happenings.bad("not an image"));
        board.badRecord(Happenings.bad("not an image"));
        board.panel(Happenings.panel(2));

        // When
        JsonNode state = new ObjectMapper().readTree(new DashboardJson("host-1").state(board));

        // Then
        assertThat(state.at("/run").asText()).isEqualTo("run");
        assertThat(state.at("/columns/2").asText()).isEqualTo("loss");
        assertThat(state.at("/points/0/0").asLong()).isEqualTo(1);
        assertThat(state.at("/points/0/2").asDouble()).isEqualTo(0.5);
        assertThat(state.at("/points/0/5").asDouble()).isEqualTo(20);
        assertThat(state.at("/points/0/6").asDouble()).isEqualTo(0.25);
        assertThat(state.at("/points/1/2").isNull()).isTrue();
        assertThat(state.at("/cameras/1/id").asText()).isEqualTo("yard");
        assertThat(state.at("/cameras/1/images").asLong()).isEqualTo(2);
        assertThat(state.at("/checkpoints/0/id").asText()).isEqualTo("run-2");
        assertThat(state.at("/checkpoints/0/bytes").asLong()).isEqualTo(48);
        assertThat(state.at("/rejected/not an image").asLong()).isEqualTo(2);
        assertThat(state.at("/panel/step").asLong()).isEqualTo(2);
    }

    @Test
    void shouldStayBoundedWhenMuchHappens() {
        // Given many steps, checkpoints, and kinds of bad records
        for (int i = 1; i <= 3_000; i++) {
            board.stepped(Happenings.step(i, 0.5f));
            board.committed(Happenings.committed(i));
            board.badRecord(Happenings.bad("reason " + i));
        }

        // When
        RunTables tables = board.tables();

        // Then the newest are kept, and none is uncounted
        assertThat(board.history()).hasSizeLessThan(TrainingBoard.POINTS);
        assertThat(board.takeFresh()).hasSize(TrainingBoard.FRESH);
        assertThat(board.takeFresh()).isEmpty();
        assertThat(tables.checkpoints()).hasSize(TrainingBoard.CHECKPOINTS);
        assertThat(tables.checkpoints().get(0).event().getStep()).isEqualTo(3_000);
        assertThat(tables.rejected()).hasSize(TrainingBoard.REASONS);
        assertThat(tables.rejected().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(3_000);
    }
}
