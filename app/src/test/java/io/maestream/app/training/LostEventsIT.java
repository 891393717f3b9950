package io.maestream.app.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.app.broker.BrokerSettings;
import io.maestream.app.broker.EmbeddedBroker;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointFile;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.trainer.CheckpointReplay;
import io.maestream.trainer.checkpoint.EventsLostException;
import io.maestream.trainer.checkpoint.LineageAudit;
import io.maestream.trainer.report.TrainingObserver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LostEventsIT {

    private static final Map<String, String> ADOPT = Map.of("train.adopt", "true");

    @TempDir Path root;

    @Test
    @Timeout(120)
    void shouldRefuseARunWhoseEventsAreLostAndAdoptItWhenAsked() throws Exception {
        try (EmbeddedBroker broker =
                new EmbeddedBroker(new BrokerSettings(root.resolve("data"), 0, 64 << 20)).start()) {
            KafkaClients clients = Training.clients(broker.bootstrapServers());
            Training.createTopics(clients);
            Training.publish(clients, 0, 150);

            // Given a run of three checkpoints, the newest one damaged, whose events are gone
            train(clients, "lost", 4, Map.of());
            train(clients, "lost", 8, Map.of());
            train(clients, "lost", 9, Map.of());
            damage(Training.committed(clients, "lost").get(2));
            deleteEvents(clients);
            assertThat(Training.committed(clients, "lost")).isEmpty();

            // Then it is refused with what can be done
            assertThatThrownBy(() -> train(clients, "lost", 12, Map.of()))
                    .isInstanceOf(EventsLostException.class)
                    .hasMessageContaining("run 'lost' has 3 checkpoints")
                    .hasMessageContaining("--adopt")
                    .hasMessageContaining("--set run.id=NAME");
            assertThat(Training.committed(clients, "lost")).isEmpty();

            // When it is adopted, then the newest whole one is its first event
            train(clients, "lost", 12, ADOPT);
            List<CheckpointCommitted> events = Training.committed(clients, "lost");
            assertThat(events).extracting(CheckpointCommitted::getStep).containsExactly(8L, 12L);
            assertThat(events.get(0).getParentId()).isNull();
            assertThat(events.get(0).getTrigger().getReason()).startsWith("adopted");
            assertThat(events.get(1).getParentId()).isEqualTo(events.get(0).getCheckpointId());
            assertThat(LineageAudit.of(events).problems()).isEmpty();

            // And it is the run that it would have been, and can be proven
            train(clients, "undisturbed", 12, ADOPT);
            List<CheckpointCommitted> undisturbed = Training.committed(clients, "undisturbed");
            assertThat(model(events.get(1))).isEqualTo(model(undisturbed.get(0)));
            for (CheckpointCommitted event : events) {
                var settings = Training.settings("lost", store(), Map.of());
                var replay =
                        new CheckpointReplay(
                                settings,
                                clients,
                                new FileSystemStore(store()),
                                new TrainingObserver() {});
                assertThat(replay.replay(event, events).equal()).isTrue();
            }
        }
    }

    private void train(KafkaClients clients, String run, long until, Map<String, String> more) {
        var settings = Training.settings(run, store(), more).until(until);
        Training.service(settings, clients, new FileSystemStore(store())).run();
    }

    private Path store() {
        return root.resolve("checkpoints");
    }

    private void damage(CheckpointCommitted event) throws Exception {
        Path model = store().resolve(event.getCheckpointId()).resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(model);
        bytes[bytes.length - 1] ^= 1;
        Files.write(model, bytes);
    }

    private static void deleteEvents(KafkaClients clients) throws Exception {
        TopicPartition events = new TopicPartition(Topics.CHECKPOINTS, 0);
        try (var admin = clients.admin()) {
            // -1 is the end.
            admin.deleteRecords(Map.of(events, RecordsToDelete.beforeOffset(-1))).all().get();
        }
    }

    private static String model(CheckpointCommitted event) {
        return event.getFiles().stream()
                .filter(file -> file.getRole().equals("model"))
                .map(CheckpointFile::getSha256)
                .findFirst()
                .orElseThrow();
    }
}
