package io.maestream.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.app.Python;
import io.maestream.app.broker.BrokerSettings;
import io.maestream.app.broker.EmbeddedBroker;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.schemas.client.KafkaClients;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in docs/examples against a real broker and a real checkpoint. */
class PythonFollowerIT {
    private static final Path SCRIPT =
            Path.of("..", "docs", "examples", "follow_checkpoints.py").toAbsolutePath().normalize();

    @TempDir Path directory;

    @Test
    void shouldReadEventsVerifyAndLoadTheEncoder() throws Exception {
        Python.assumeModules("confluent_kafka", "avro");
        // Given a run with committed checkpoints
        Path store = directory.resolve("checkpoints");
        try (EmbeddedBroker broker =
                new EmbeddedBroker(new BrokerSettings(directory.resolve("broker"), 0, 1 << 20))
                        .start()) {
            KafkaClients clients = Training.clients(broker.bootstrapServers());
            Training.createTopics(clients);
            Training.publish(clients, 0, 120);
            var settings =
                    Training.settings(
                            "python",
                            store,
                            Map.of("train.max.steps", "8", "checkpoint.every.images", "32"));
            Training.service(settings, clients, new FileSystemStore(store)).run();
            var committed = Training.committed(clients, "python");
            assertThat(committed).isNotEmpty();
            String newest = committed.get(committed.size() - 1).getCheckpointId();

            // When Python follows them
            String all =
                    Python.run(
                            SCRIPT,
                            "--bootstrap",
                            broker.bootstrapServers(),
                            "--topic",
                            "checkpoints",
                            "--count",
                            committed.size());

            // Then it has read every event, in order, and trusted every byte
            assertThat(all.lines().filter(line -> line.startsWith("io.maestream.checkpoint")))
                    .hasSize(committed.size())
                    .last()
                    .asString()
                    .contains(newest, "step 8");
            assertThat(all)
                    .doesNotContain("refused")
                    .containsPattern("embeddings of 16 numbers|no torch here");
        }
    }
}
