package io.maestream.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.schemas.CheckpointRequested;
import io.maestream.schemas.CommandKind;
import io.maestream.schemas.TrainerCommand;
import io.maestream.schemas.Trigger;
import io.maestream.schemas.TriggerKind;
import io.maestream.trainer.report.TrainingObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandedRunTest {

    private final List<Request> waiting = new ArrayList<>();
    private final List<Trigger> asked = new ArrayList<>();
    private final List<Trigger> releases = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private int stops;
    private int polls;
    private final CommandedRun run =
            new CommandedRun(
                    "run",
                    requests(),
                    new CommandedRun.Powers(
                            asked::add, releases::add, () -> stops++, () -> polls++),
                    new TrainingObserver() {
                        @Override
                        public void commandRefused(Request request, String why) {
                            refused.add(request.id());
                        }
                    });

    @Test
    void shouldAskForACheckpointOnceWhenACommandArrivesTwice() {
        send("1", "run", CommandKind.CHECKPOINT);
        send("1", "run", CommandKind.CHECKPOINT);

        assertThat(run.mayStep()).isTrue();
        assertThat(asked).containsExactly(new Trigger(TriggerKind.COMMAND, "because (command 1)"));
    }

    @Test
    void shouldStayInItsGroupWithoutStepsWhilePaused() {
        // When paused, and at later boundaries
        send("1", "run", CommandKind.PAUSE);
        assertThat(run.mayStep()).isFalse();
        assertThat(run.mayStep()).isFalse();
        assertThat(polls).isEqualTo(2);

        // Then it goes on when told to
        send("2", "run", CommandKind.RESUME);
        assertThat(run.mayStep()).isTrue();
    }

    @Test
    void shouldStopWithALastCheckpointThatSaysWhy() {
        send("1", "run", CommandKind.STOP);

        run.mayStep();

        assertThat(stops).isEqualTo(1);
        assertThat(asked).containsExactly(new Trigger(TriggerKind.SHUTDOWN, "because (command 1)"));
    }

    @Test
    void shouldLeaveOtherRunsCommandsAloneAndRefuseWhatItCannotDo() {
        send("1", "another", CommandKind.STOP);
        send("3", "run", CommandKind.UNKNOWN);

        assertThat(run.mayStep()).isTrue();
        assertThat(stops).isZero();
        assertThat(asked).isEmpty();
        assertThat(refused).containsExactly("3");
    }

    @Test
    void shouldHaveAReleaseMadeWhenACommandOrATriggerAsksForOne() {
        Trigger cause = new Trigger(TriggerKind.RELEASE, "monday");
        send("1", "run", CommandKind.RELEASE);
        waiting.add(Request.of(new CheckpointRequested("2", "run", cause, Instant.EPOCH, null)));

        assertThat(run.mayStep()).isTrue();
        assertThat(asked).isEmpty();
        assertThat(releases)
                .containsExactly(
                        new Trigger(TriggerKind.RELEASE, "because (command 1)"),
                        new Trigger(TriggerKind.RELEASE, "monday (request 2)"));
    }

    @Test
    void shouldKeepTheCauseOfATriggersRequestInOneBoundedLine() {
        Trigger cause = new Trigger(TriggerKind.DRIFT, "camera a\n" + "x".repeat(1_000));
        waiting.add(
                Request.of(new CheckpointRequested("7", "run", cause, Instant.EPOCH, "camera a")));

        run.mayStep();

        assertThat(asked.get(0).getKind()).isEqualTo(TriggerKind.DRIFT);
        assertThat(asked.get(0).getReason())
                .startsWith("camera a x")
                .endsWith("(request 7)")
                .hasSizeLessThan(600);
    }

    private void send(String id, String runId, CommandKind kind) {
        waiting.add(Request.of(new TrainerCommand(id, runId, kind, "because", Instant.EPOCH)));
    }

    private Requests requests() {
        return new Requests() {
            @Override
            public List<Request> poll(Duration patience) {
                List<Request> all = List.copyOf(waiting);
                waiting.clear();
                return all;
            }

            @Override
            public void close() {
                waiting.clear();
            }
        };
    }
}
