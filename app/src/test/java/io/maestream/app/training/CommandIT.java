package io.maestream.app.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maestream.app.broker.RunningBroker;
import io.maestream.app.command.Run;
import io.maestream.app.tail.TopicTail;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.StepMetrics;
import io.maestream.schemas.Trigger;
import io.maestream.schemas.TriggerKind;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Commands from the command line, to a trainer from the command line. */
@Timeout(120)
class CommandIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir static Path root;
    @RegisterExtension static final RunningBroker broker = new RunningBroker();
    private static KafkaClients clients;

    @BeforeAll
    static void start() {
        clients = Training.clients(broker.bootstrapServers());
        Training.createTopics(clients);
    }

    @Test
    void shouldPauseResumeTakeACheckpointAndStopWhenTold() {
        // Given a trainer that has made steps
        Training.publish(clients, 0, 60);
        var trained = CompletableFuture.supplyAsync(() -> train("run"));
        try (Steps steps = new Steps("run")) {
            await().atMost(PATIENCE).until(() -> steps.last() >= 3);

            // When it is paused, then new images lead to no steps
            assertThat(command("run", "pause").status()).isZero();
            long paused = steps.whenTheyRest();
            Training.publish(clients, 60, 60);
            await().during(Duration.ofSeconds(2))
                    .atMost(PATIENCE)
                    .until(() -> steps.last() == paused);

            // And a checkpoint may be asked for meanwhile
            Run still = command("run", "checkpoint", "--reason", "as it stands", "--wait");
            assertThat(still.status()).as(still.err()).isZero();

            // And they go on when it is resumed
            assertThat(command("run", "resume").status()).isZero();
            await().atMost(PATIENCE).until(() -> steps.last() >= paused + 5);
            steps.whenTheyRest();

            // When a checkpoint is asked for, then exactly its event comes, and names it
            Run asked = command("run", "checkpoint", "--reason", "before the fair", "--wait", "40");
            CheckpointCommitted taken = newest("run");
            assertThat(asked.status()).as(asked.err()).isZero();
            assertThat(asked.lines()).hasSize(2);
            String id = asked.lines().get(0).split(" ")[1];
            assertThat(asked.lines().get(1))
                    .startsWith(taken.getCheckpointId() + "  step " + taken.getStep())
                    .endsWith(taken.getLocation());
            assertThat(taken.getTrigger())
                    .isEqualTo(
                            new Trigger(
                                    TriggerKind.COMMAND, "before the fair (command " + id + ")"));

            // When it is to stop, then it ends in order, with a last checkpoint that says why
            Run stop = command("run", "stop", "--reason", "maintenance", "--wait", "--json");
            assertThat(stop.status()).as(stop.err()).isZero();
            assertThat(stop.lines().get(0)).contains("\"kind\": \"STOP\"");
            assertThat(stop.lines().get(1)).contains("\"kind\": \"SHUTDOWN\"");
        }
        assertThat(trained).succeedsWithin(PATIENCE).extracting(Run::status).isEqualTo(0);
        assertThat(newest("run").getTrigger().getReason()).startsWith("maintenance (command ");
        assertThat(Training.committed(clients, "run"))
                .extracting(event -> event.getTrigger().getKind())
                .containsExactly(TriggerKind.COMMAND, TriggerKind.COMMAND, TriggerKind.SHUTDOWN);
    }

    @Test
    void shouldSayWhereToLookWhenNoTrainerAnswers() {
        Run run = command("nobody", "release", "--wait", "1");

        assertThat(run.status()).isEqualTo(13);
        assertThat(run.out()).startsWith("command ").contains("sent to run nobody: release");
        assertThat(run.err()).contains("within 1 s").contains("paused").contains("'nobody' active");
    }

    @Test
    void shouldRefuseToWaitForWhatNeverComes() {
        Run run = command("nobody", "pause", "--wait");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("none comes of pause");
    }

    private static Run train(String run) {
        return line(run, "train");
    }

    private static Run command(String run, String... what) {
        List<String> args = new ArrayList<>(List.of("command"));
        args.addAll(Arrays.asList(what));
        return line(run, args.toArray(String[]::new));
    }

    private static Run line(String run, String... command) {
        List<String> args = new ArrayList<>(Arrays.asList(command));
        args.addAll(List.of("--bootstrap", broker.bootstrapServers(), "--run", run));
        args.addAll(List.of("--set", "data.dir=" + root.resolve("logs")));
        Map<String, String> keys = Training.keys(run, root.resolve("checkpoints"), Map.of());
        keys.forEach((key, value) -> args.addAll(List.of("--set", key + "=" + value)));
        return Run.of(args.toArray(String[]::new));
    }

    private static CheckpointCommitted newest(String run) {
        List<CheckpointCommitted> events = Training.committed(clients, run);
        return events.get(events.size() - 1);
    }

    /** The steps that a run reports. */
    private static final class Steps implements AutoCloseable {
        private final TopicTail<StepMetrics> tail;
        private final String run;
        private long last;

        Steps(String run) {
            this.run = run;
            this.tail =
                    new TopicTail<>(
                            clients.consumer(AvroSerde.deserializer(StepMetrics.class), Map.of()),
                            Topics.TRAINING_METRICS);
        }

        long last() {
            tail.readToEnd(
                    record -> {
                        if (record.value().getRunId().equals(run)) {
                            last = record.value().getStep();
                        }
                    });
            return last;
        }

        /** The last step, once none came for a second. */
        long whenTheyRest() {
            long[] seen = {last()};
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(
                            () -> {
                                long before = seen[0];
                                seen[0] = last();
                                return before == seen[0];
                            });
            return seen[0];
        }

        @Override
        public void close() {
            tail.close();
        }
    }
}
