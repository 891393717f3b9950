package io.maestream.app.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maestream.app.StoreSettings;
import io.maestream.app.Stores;
import io.maestream.app.broker.BrokerSettings;
import io.maestream.app.broker.EmbeddedBroker;
import io.maestream.app.command.Cli;
import io.maestream.app.command.base.Shutdown;
import io.maestream.app.command.base.Surroundings;
import io.maestream.checkpoints.CheckpointStore;
import io.maestream.follower.EncoderResolver;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.client.KafkaClients;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run whose checkpoints lie in an object store. */
class S3TrainingIT {
    private static final String LOCATION = "s3://checkpoints/runs/one";

    @TempDir Path root;

    @Test
    void shouldCommitOnlyWhatIsWholeAndGoOnFromIt() throws Exception {
        assumeTrue(Files.exists(ObjectStoreProcess.JAR), "needs the checkpoints' module's build");
        try (ObjectStoreProcess server = ObjectStoreProcess.start(root, "checkpoints");
                EmbeddedBroker broker =
                        new EmbeddedBroker(new BrokerSettings(root.resolve("data"), 0, 64 << 20))
                                .start()) {
            KafkaClients clients = Training.clients(broker.bootstrapServers());
            Training.createTopics(clients);
            Training.publish(clients, 0, 300);

            // Given a trainer that was killed while its first checkpoint went up
            S3Trainer.killWhileUploading(
                    List.of(
                            broker.bootstrapServers(),
                            "run",
                            LOCATION,
                            server.endpoint(),
                            root.resolve("cache-0").toString()));
            CheckpointStore store = open(server, "cache-1");
            assertThat(Training.committed(clients, "run")).as("no event").isEmpty();
            assertThat(store.ids()).as("nothing to see").isEmpty();

            // When another one trains, and a third one goes on
            train(clients, store, 12);
            assertThat(store.sweepAbandoned(Instant.now().plusSeconds(60))).isEqualTo(1);
            train(clients, open(server, "cache-2"), 20);

            // Then every event's checkpoint is there and whole, and a follower loads the newest
            List<CheckpointCommitted> committed = Training.committed(clients, "run");
            CheckpointCommitted newest = committed.get(committed.size() - 1);
            assertThat(newest.getStep()).isEqualTo(20);
            assertThat(newest.getLocation())
                    .isEqualTo(LOCATION + "/" + newest.getCheckpointId() + "/");
            EncoderResolver follower = new EncoderResolver(open(server, "cache-3"));
            for (CheckpointCommitted event : committed) {
                assertThat(follower.resolve(event).load()).containsKey("cls_token");
            }
            assertFetched(server, newest);
        }
    }

    private void assertFetched(ObjectStoreProcess server, CheckpointCommitted event)
            throws Exception {
        StringWriter out = new StringWriter();
        Path to = root.resolve("fetched");
        var cli =
                Cli.create(new Surroundings(Map.of(), false, 80, new Shutdown()))
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(out));
        int status =
                cli.execute(
                        "checkpoints",
                        "fetch",
                        event.getLocation(),
                        "--to",
                        to.toString(),
                        "--data-dir",
                        root.resolve("cli").toString(),
                        "--config",
                        server.config(root.resolve("s3.properties")).toString());
        assertThat(status).as(out.toString()).isZero();
        assertThat(to.resolve(event.getCheckpointId()).resolve("encoder/encoder.pt")).exists();
        assertThat(
                        cli.execute(
                                "checkpoints",
                                "list",
                                "--dir",
                                LOCATION,
                                "--config",
                                root.resolve("s3.properties").toString()))
                .isZero();
        assertThat(out.toString()).contains(event.getCheckpointId());
    }

    private CheckpointStore open(ObjectStoreProcess server, String cache) {
        return Stores.open(new StoreSettings(LOCATION, server.settings(), root.resolve(cache)));
    }

    private void train(KafkaClients clients, CheckpointStore store, long untilStep) {
        var settings = Training.settings("run", root, Map.of()).until(untilStep);
        Training.service(settings, clients, store).run();
    }
}
