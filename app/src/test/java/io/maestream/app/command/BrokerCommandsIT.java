package io.maestream.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maestream.app.Checkpoints;
import io.maestream.app.RecordPublisher;
import io.maestream.app.Records;
import io.maestream.app.broker.RunningBroker;
import io.maestream.app.command.base.Shutdown;
import io.maestream.app.tail.TopicTail;
import io.maestream.checkpoints.PublishedCheckpoint;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.client.KafkaSettings;
import io.maestream.schemas.topic.TopicSettings;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The commands that need a broker, on one; in order, because topics are created on the way. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrokerCommandsIT {
    @TempDir static Path dataDir;
    @RegisterExtension static final RunningBroker broker = new RunningBroker();

    @Test
    @Order(1)
    void shouldExitWithNineWhenTheTopicDoesNotExist() {
        // When
        Run run = run("events");

        // Then
        assertThat(run.status()).isEqualTo(9);
        assertThat(run.err()).contains("checkpoints").contains("maestream topics create");
    }

    @Test
    @Order(2)
    void shouldCreateTopicsOnceAndFindThemTheSecondTime() {
        // When
        Run first = run("topics", "create");
        Run second = run("topics", "create", "--set", "topics.image.partitions=3");

        // Then
        assertThat(first.status()).isZero();
        assertThat(first.out()).containsPattern("images.raw +1 +created").doesNotContain("note:");
        assertThat(second.status()).isZero();
        assertThat(second.out())
                .containsPattern("images.raw +3 +was there")
                .contains("note: images.raw has partitions 1, wanted is 3");
    }

    @Test
    @Order(3)
    void shouldPrintEventsAsLinesOrJson() throws Exception {
        // Given events of two runs, and garbage between
        publish("default", 40);
        try (var publisher = new RecordPublisher(clients())) {
            publisher.sendGarbage(Topics.CHECKPOINTS);
        }
        publish("other", 41);

        // When
        Run all = run("events");
        Run json = run("events", "--json", "--run", "other");
        Run none = run("events", "--no-from-beginning");

        // Then
        assertThat(all.lines()).hasSize(2);
        assertThat(all.lines().get(0))
                .startsWith("2026-03-04 05:06:07  default  default-40  step 40");
        JsonNode event = new ObjectMapper().readTree(json.out());
        assertThat(event.get("checkpointId").asText()).isEqualTo("other-41");
        assertThat(event.get("files")).hasSize(2);
        assertThat(none.lines()).isEmpty();
    }

    @Test
    @Order(4)
    void shouldFollowEventsUntilStoppedAndExitWithZero() throws Exception {
        // Given a command that follows
        Shutdown shutdown = new Shutdown();
        StringWriter out = new StringWriter();
        var cli = Run.cli(shutdown).setOut(new PrintWriter(out));
        var status =
                CompletableFuture.supplyAsync(
                        () -> cli.execute(with("events", "--follow", "--run", "late")));

        // When an event comes, and then a stop
        publish("late", 50);
        await().atMost(Duration.ofSeconds(20)).until(() -> out.toString().contains("late-50"));
        shutdown.request();

        // Then
        assertThat(status.get()).isZero();
    }

    @Test
    @Order(5)
    void shouldPublishTheFilesOfADirectory() throws Exception {
        // Given two files with an image's name
        Path photos = Files.createDirectories(dataDir.resolve("photos/deeper"));
        Files.write(photos.resolve("a.jpg"), new byte[100]);
        Files.write(photos.resolve("b.png"), new byte[200]);

        // When
        Run run = run("ingest", "dir", photos.getParent().toString());
        Run missing = run("ingest", "dir", photos.resolve("none").toString());

        // Then
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("published 2 images");
        assertThat(missing.status()).isEqualTo(9);
        assertThat(missing.err()).contains("is not a directory");
    }

    @Test
    @Order(6)
    void shouldPrepareWhatSimulatedCamerasSeeUntilStopped() throws Exception {
        // Given a running preparation
        Shutdown shutdown = new Shutdown();
        StringWriter out = new StringWriter();
        var cli = Run.cli(shutdown).setOut(new PrintWriter(out));
        String[] prepare = with("prepare", "--set", "prepare.similar.bits=-1");
        var status = CompletableFuture.supplyAsync(() -> cli.execute(prepare));

        // When cameras deliver three frames each
        Run run = run("ingest", "simulate", "--cameras", "2", "--fps", "0", "--frames", "3");

        // Then all six are prepared, and the two files of before rejected
        assertThat(run.out()).contains("published 6 images");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> count(Topics.IMAGES_PREPARED, PreparedImage.class) == 6);
        assertThat(count(Topics.IMAGES_REJECTED, RejectedImage.class)).isEqualTo(2);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> run("sources").out().contains("NOT_AN_IMAGE 2"));

        // And when the two are sent again, they are rejected again and counted
        Run retry = run("rejected", "retry", "--source", "photos");
        assertThat(retry.out()).contains("sent 2 raw records again; 0 are gone");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> run("sources").out().contains("NOT_AN_IMAGE 4"));
        shutdown.request();
        assertThat(status.get()).isZero();
    }

    @Test
    @Order(7)
    void shouldListSourcesAndRejectedImagesAsTablesOrJson() throws Exception {
        // Given what the preparation before this has counted and rejected
        // When
        Run sources = run("sources", "--json");
        Run table = run("rejected", "list", "--source", "photos", "--limit", "3");
        Run json = run("rejected", "list", "--reason", "NOT_AN_IMAGE,EMPTY", "--json");
        Run none = run("rejected", "list", "--reason", "QUOTA", "--json");
        Run dry = run("rejected", "retry", "--all", "--dry-run");
        Run refused = run("rejected", "retry");

        // Then
        assertThat(sources.lines()).hasSize(3);
        JsonNode camera = new ObjectMapper().readTree(sources.lines().get(0));
        assertThat(camera.get("sourceId").asText()).startsWith("camera");
        assertThat(camera.get("prepared").asLong()).isEqualTo(3);
        assertThat(table.lines()).hasSize(4);
        assertThat(table.out()).contains("NOT_AN_IMAGE", "images.raw-0@", "send one of these");
        assertThat(json.lines()).hasSize(4);
        assertThat(new ObjectMapper().readTree(json.lines().get(0)).get("size").asLong())
                .isEqualTo(100);
        assertThat(none.lines()).isEmpty();
        assertThat(dry.out()).contains("4 rejections would be retried");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("--all");
    }

    @Test
    @Order(8)
    void shouldVerifyTheCheckpointThatTheLastEventSpeaksOf() throws Exception {
        // Given a checkpoint whose event was committed, and a newer one that no event speaks of
        Path store = dataDir.resolve("checkpoints");
        PublishedCheckpoint committed = Checkpoints.publish(store, "verified", 60);
        Checkpoints.publish(store, "verified", 61);
        CheckpointCommitted event =
                CheckpointCommitted.newBuilder(Records.committed("verified", 60))
                        .setManifestSha256(committed.manifestSha256())
                        .build();
        try (var publisher = new RecordPublisher(clients())) {
            publisher.send(Topics.CHECKPOINTS, CheckpointCommitted.class, event);
        }

        // When
        Run run = run("checkpoints", "verify", "latest");
        Run unknown = run("checkpoints", "verify", "verified-61");

        // Then
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("verified-60").contains("as the event says");
        assertThat(unknown.status()).isEqualTo(9);
    }

    private static <T extends SpecificRecord> long count(String topic, Class<T> type) {
        AtomicLong count = new AtomicLong();
        var consumer = clients().consumer(AvroSerde.deserializer(type), Map.of());
        try (var tail = new TopicTail<>(consumer, topic)) {
            tail.readToEnd(record -> count.incrementAndGet());
        }
        return count.get();
    }

    private static void publish(String run, long step) {
        try (var publisher = new RecordPublisher(clients())) {
            publisher.send(
                    Topics.CHECKPOINTS, CheckpointCommitted.class, Records.committed(run, step));
        }
    }

    private static KafkaClients clients() {
        return new KafkaClients(
                KafkaSettings.of(broker.bootstrapServers()), TopicSettings.defaults());
    }

    private static Run run(String... args) {
        return Run.of(with(args));
    }

    private static String[] with(String... args) {
        String[] all = Arrays.copyOf(args, args.length + 4);
        all[args.length] = "--bootstrap";
        all[args.length + 1] = broker.bootstrapServers();
        all[args.length + 2] = "--set";
        all[args.length + 3] = "data.dir=" + dataDir;
        return all;
    }
}
