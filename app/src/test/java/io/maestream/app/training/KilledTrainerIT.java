package io.maestream.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.app.broker.BrokerSettings;
import io.maestream.app.broker.EmbeddedBroker;
import io.maestream.checkpoints.CheckpointVerifier;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.checkpoints.PublishPoint;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointFile;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.trainer.checkpoint.LineageAudit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledTrainerIT {

    @TempDir Path root;

    @Test
    void shouldGoOnFromTheLastCommittedEventWhenKilledDuringACheckpoint() throws Exception {
        try (EmbeddedBroker broker =
                new EmbeddedBroker(new BrokerSettings(root.resolve("data"), 0, 64 << 20)).start()) {
            KafkaClients clients = Training.clients(broker.bootstrapServers());
            Training.createTopics(clients);
            Training.publish(clients, 0, 300);
            Path directory = root.resolve("checkpoints");

            // Given trainers killed with files half written, and with files whole but no event
            for (PublishPoint point : List.of(PublishPoint.MID_WRITE, PublishPoint.AFTER_RENAME)) {
                TrainerProcess.killAt(point, broker.bootstrapServers(), "killed", directory);
            }
            assertThat(Training.committed(clients, "killed"))
                    .as("files alone commit nothing")
                    .isEmpty();
            assertThat(new FileSystemStore(directory).ids()).as("the orphan").hasSize(1);

            // When the run goes on to step 20, and another one gets there undisturbed
            train(clients, directory, "killed", 12);
            TrainerProcess.killAt(
                    PublishPoint.BEFORE_MANIFEST, broker.bootstrapServers(), "killed", directory);
            train(clients, directory, "killed", 20);
            train(clients, directory, "undisturbed", 20);

            // Then both have the same weights, and every committed checkpoint is whole
            assertThat(model(clients, "killed")).isEqualTo(model(clients, "undisturbed"));
            assertThat(LineageAudit.of(Training.committed(clients, "killed")).problems()).isEmpty();
            for (CheckpointCommitted event : Training.committed(clients, "killed")) {
                assertThat(
                                CheckpointVerifier.verify(
                                                new FileSystemStore(directory),
                                                event.getCheckpointId(),
                                                event.getManifestSha256())
                                        .problems())
                        .isEmpty();
            }
        }
    }

    private static void train(KafkaClients clients, Path directory, String run, long untilStep) {
        var settings = Training.settings(run, directory, Map.of()).until(untilStep);
        Training.service(settings, clients, new FileSystemStore(directory)).run();
    }

    private static String model(KafkaClients clients, String run) {
        List<CheckpointCommitted> events = Training.committed(clients, run);
        CheckpointCommitted last = events.get(events.size() - 1);
        assertThat(last.getStep()).isEqualTo(20);
        return last.getFiles().stream()
                .filter(file -> file.getRole().equals("model"))
                .map(CheckpointFile::getSha256)
                .findFirst()
                .orElseThrow();
    }
}
