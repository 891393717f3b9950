package io.maestream.app.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maestream.app.broker.RunningBroker;
import io.maestream.app.training.Training;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.client.KafkaSettings;
import io.maestream.schemas.topic.TopicSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Stores and brokers that do not take a checkpoint: training goes on. */
class LateCheckpointIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int STORE_KIB = 2_048;

    @TempDir static Path root;
    @RegisterExtension static final RunningBroker broker = new RunningBroker();
    private static KafkaClients clients;

    @BeforeAll
    static void start() {
        clients = Training.clients(broker.bootstrapServers());
        Training.createTopics(clients, Map.of());
        Training.publish(clients, 0, 8_000, 1);
    }

    @Test
    void shouldTrainOnAndCommitLateWhenTheDiskIsFull() throws Exception {
        // Given a store with room for half a checkpoint
        try (Tmpfs store = Tmpfs.mount(root.resolve("full"), STORE_KIB)) {
            Path ballast =
                    Files.write(store.directory().resolve("ballast"), new byte[1_980 * 1024]);
            try (RunningTrainer trainer = train("full", store.directory())) {
                await().atMost(PATIENCE).until(() -> !trainer.late().isEmpty());
                assertThat(trainer.late().get(0)).contains("No space left on device");

                // When steps have gone on and somebody makes room
                long step = trainer.step();
                await().atMost(PATIENCE).until(() -> trainer.step() > step + 50);
                assertThat(trainer.committed()).isEmpty();
                Files.delete(ballast);

                // Then it is committed without help
                await().atMost(PATIENCE).until(() -> !trainer.committed().isEmpty());
                trainer.stop();
            }
            Lineages.auditClean(broker.bootstrapServers(), "full", store.directory());
        }
    }

    @Test
    void shouldTrainOnAndCommitLateWhenTheStoreIsReadOnly() throws Exception {
        // Given a store that nobody can write to for a while
        try (Tmpfs store = Tmpfs.mount(root.resolve("readonly"), 64 * 1024)) {
            store.remount("ro");
            try (RunningTrainer trainer = train("readonly", store.directory())) {
                await().atMost(PATIENCE).until(() -> !trainer.late().isEmpty());
                assertThat(trainer.late().get(0)).contains("Read-only file system");
                long step = trainer.step();
                await().atMost(PATIENCE).until(() -> trainer.step() > step + 50);

                // When it can be written to again
                store.remount("rw");

                // Then what was late is committed
                await().atMost(PATIENCE).until(() -> !trainer.committed().isEmpty());
                trainer.stop();
            }
            Lineages.auditClean(broker.bootstrapServers(), "readonly", store.directory());
        }
    }

    @Test
    void shouldGoOnFromTheLastCommittedCheckpointWhenATransactionTakesTooLong() throws Exception {
        // Given a commit that outlasts the transaction's time
        Path directory = root.resolve("slow");
        AtomicBoolean slow = new AtomicBoolean(true);
        var settings =
                Training.settings("slow", directory, Map.of("checkpoint.every.images", "200"))
                        .until(200);

        // When the coordinator gives the transaction up
        try (RunningTrainer trainer =
                RunningTrainer.start(
                        settings,
                        withTransactionTimeout("1000"),
                        directory,
                        event -> {
                            if (event.getStep() > 60 && slow.getAndSet(false)) {
                                LockSupport.parkNanos(Duration.ofMillis(2_500).toNanos());
                            }
                        })) {
            trainer.awaitEnd();

            // Then the run has gone back once, and is what it would have been
            assertThat(slow).isFalse();
            assertThat(trainer.starts()).isEqualTo(2);
        }
        Lineages.auditClean(broker.bootstrapServers(), "slow", directory);
        var undisturbed = Training.settings("quick", directory, Map.of()).until(200);
        try (RunningTrainer trainer = RunningTrainer.start(undisturbed, clients, directory)) {
            trainer.awaitEnd();
        }
        assertThat(Lineages.digests(Lineages.last(clients, "slow")))
                .isEqualTo(Lineages.digests(Lineages.last(clients, "quick")));
    }

    private static RunningTrainer train(String run, Path directory) {
        return RunningTrainer.start(
                Training.settings(run, directory, Map.of("checkpoint.every.images", "400")),
                clients,
                directory);
    }

    private static KafkaClients withTransactionTimeout(String millis) {
        return new KafkaClients(
                new KafkaSettings(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        Map.of(),
                        Map.of("transaction.timeout.ms", millis),
                        Map.of()),
                TopicSettings.defaults());
    }
}
