package io.maestream.trainer.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.schemas.CommandKind;
import io.maestream.schemas.SourceStatus;
import io.maestream.schemas.Trigger;
import io.maestream.schemas.TriggerKind;
import io.maestream.trainer.command.Request;
import io.maestream.trainer.feed.PartitionId;
import io.maestream.trainer.feed.RecordRef;
import io.maestream.trainer.feed.StreamRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What goes wrong shows within ten seconds, in words. */
class TroublesTest {

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
    void shouldNotBeReadyWhenNoBrokerAnswers() {
        // Given a trainer that steps
        train(3, "gate", "yard");

        // When the brokers are silent, and later answer
        board.brokersAnswer(false);
        now = now.plusSeconds(7);
        Readiness away = board.readiness();
        board.brokersAnswer(true);

        // Then
        assertThat(away.ready()).isFalse();
        assertThat(away.state()).isEqualTo("broker-away");
        assertThat(away.reason()).contains("No Kafka broker has answered for 7 s");
        assertThat(board.readiness().ready()).isTrue();
        assertThat(board.readiness().state()).isEqualTo("training");
    }

    @Test
    void shouldNameTheCameraWhenItIsGoneAndTheOthersTrain() {
        // Given two cameras, then one
        train(5, "gate", "yard");
        train(8, "gate");

        // Then it is named within ten seconds, and training is still ready
        Readiness readiness = board.readiness();
        assertThat(readiness.ready()).isTrue();
        assertThat(readiness.notices())
                .singleElement()
                .extracting(Notice::kind)
                .isEqualTo("camera-gone");
        assertThat(readiness.reason()).contains("Nothing has come from yard for 8 s");

        // When it comes back
        train(1, "gate", "yard");
        assertThat(board.readiness().notices()).isEmpty();
    }

    @Test
    void shouldCallACameraStillWhenPreparationSeesItButPassesNothingOn() {
        // Given a camera whose pictures are all alike
        train(5, "gate", "yard");
        train(8, "gate");
        board.prepared(status("yard", now.minusSeconds(1)));

        // Then nothing is wrong with it
        assertThat(board.readiness().notices()).isEmpty();
        assertThat(board.tables().cameras())
                .extracting(Camera::state)
                .containsExactly(Camera.State.LIVE, Camera.State.STILL);
    }

    @Test
    void shouldSayThatTheDiskIsFullWhenACheckpointCannotBeWritten() {
        train(3, "gate");
        board.checkpointLate("run-3", "/data/x: No space left on device", Duration.ofSeconds(2));
        Readiness readiness = board.readiness();
        assertThat(readiness.ready()).isTrue();
        assertThat(readiness.notices())
                .singleElement()
                .extracting(Notice::kind)
                .isEqualTo("disk-full");
        assertThat(readiness.reason()).contains("The disk is full").contains("free some space");

        board.checkpointLate("run-3", "connection refused", Duration.ofSeconds(2));
        assertThat(board.readiness().reason()).contains("A checkpoint is late: connection refused");
    }

    @Test
    void shouldSayWhoPausedItAndNeverCallThatAStall() {
        // Given
        train(3, "gate");
        Request pause =
                new Request(
                        "id",
                        "run",
                        CommandKind.PAUSE,
                        new Trigger(TriggerKind.COMMAND, "the lens is cleaned (command id)"));

        // When
        board.commanded(pause, true);
        now = now.plusSeconds(100);

        // Then
        Readiness paused = board.readiness();
        assertThat(paused.ready()).isTrue();
        assertThat(paused.state()).isEqualTo("paused");
        assertThat(paused.reason())
                .isEqualTo("paused since 100 s: the lens is cleaned (command id)");
        board.commanded(pause, false);
        assertThat(board.readiness().state()).isEqualTo("training");
    }

    @Test
    void shouldWaitAsLongAsItsStepsTakeBeforeItSpeaksOfAStall() {
        // Given a trainer whose steps take ten seconds
        Pulse slow =
                Pulse.starting(now).stepped(Pulse.Activity.TRAINING, Duration.ofSeconds(10), now);
        Pulse quick =
                Pulse.starting(now).stepped(Pulse.Activity.TRAINING, Duration.ofMillis(50), now);
        Pulse first = Pulse.starting(now).doing(Pulse.Activity.TRAINING, now);

        // Then
        assertThat(quick.isStalled(now.plusSeconds(8))).isFalse();
        assertThat(quick.isStalled(now.plusSeconds(9))).isTrue();
        assertThat(slow.isStalled(now.plusSeconds(40))).isFalse();
        assertThat(slow.isStalled(now.plusSeconds(41))).isTrue();
        assertThat(first.isStalled(now.plusSeconds(60))).isFalse();
        assertThat(first.isStalled(now.plusSeconds(61))).isTrue();
    }

    @Test
    void shouldNotCallAShortWaitBetweenTwoStepsIdle() {
        // Given a trainer that waits a moment for each batch
        Pulse trains = Pulse.starting(now).stepped(Pulse.Activity.TRAINING, Duration.ZERO, now);

        // Then only a wait of some seconds is one, and it counts from the last step
        assertThat(trains.waited(now.plusMillis(2_900)).activity())
                .isEqualTo(Pulse.Activity.TRAINING);
        Pulse idle = trains.waited(now.plusSeconds(3)).waited(now.plusSeconds(4));
        assertThat(idle.activity()).isEqualTo(Pulse.Activity.IDLE);
        assertThat(idle.since()).isEqualTo(now);
        assertThat(idle.isStalled(now.plusSeconds(13))).isTrue();
    }

    /** A step a second with an image of each. */
    private void train(int seconds, String... sources) {
        for (int i = 0; i < seconds; i++) {
            now = now.plusSeconds(1);
            for (String source : sources) {
                RecordRef ref = new RecordRef(new PartitionId("images.prepared", 0), i, 0);
                board.arrived(source, new StreamRecord(ref, new byte[1]));
            }
            board.waiting(Map.of());
            board.stepped(Happenings.step(1, 0.5f));
        }
    }

    private static SourceStatus status(String source, Instant seen) {
        return SourceStatus.newBuilder()
                .setSourceId(source)
                .setReceived(1)
                .setPrepared(0)
                .setRejected(Map.of("NOT_AN_IMAGE", 3L))
                .setDuplicates(0)
                .setNearDuplicates(1)
                .setBytes(1)
                .setPreparedBytes(0)
                .setFirstSeenAt(seen)
                .setLastSeenAt(seen)
                .setUpdatedAt(seen)
                .build();
    }
}
