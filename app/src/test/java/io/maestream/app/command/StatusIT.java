package io.maestream.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maestream.app.RecordPublisher;
import io.maestream.app.Records;
import io.maestream.app.broker.RunningBroker;
import io.maestream.app.command.base.Shutdown;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.status.Examples;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.RejectionReason;
import io.maestream.schemas.SourceStatus;
import io.maestream.schemas.StepMetrics;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.client.KafkaSettings;
import io.maestream.schemas.topic.TopicSettings;
import io.maestream.schemas.topic.Topics;
import io.maestream.trainer.group.SingleActiveAssignor;
import io.maestream.trainer.group.TrainerGroup;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** In order: nothing is there at first. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(120)
class StatusIT {
    private static final TopicPartition PREPARED = new TopicPartition(Topics.IMAGES_PREPARED, 0);

    @TempDir static Path dataDir;
    @RegisterExtension static final RunningBroker broker = new RunningBroker();

    @Test
    @Order(1)
    void shouldNameTheTopicThatIsMissing() {
        // When
        Run run = Run.of(with("status"));

        // Then
        assertThat(run.status()).isEqualTo(9);
        assertThat(run.err()).contains("maestream topics create");
    }

    @Test
    @Order(2)
    void shouldSayThatNothingIsThereYet() {
        // Given topics
        assertThat(Run.of(with("topics", "create")).status()).isZero();

        // When
        Run run = Run.of(with("status"));

        // Then
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("No run yet: no trainer is running").contains("No source");
    }

    @Test
    @Order(3)
    void shouldShowARunWithoutATrainer() throws Exception {
        // Given what a trainer and a preparation left
        try (RecordPublisher publisher = new RecordPublisher(clients())) {
            for (int step = 1; step <= 30; step++) {
                publisher.send(
                        Topics.TRAINING_METRICS, StepMetrics.class, Records.step(step, 1f / step));
            }
            publisher.sendGarbage(Topics.TRAINING_METRICS);
            publisher.send(
                    Topics.CHECKPOINTS_LATEST,
                    CheckpointCommitted.class,
                    Records.committed(Records.RUN, 24));
            publisher.send(Topics.SOURCES_STATUS, SourceStatus.class, Examples.source("camera-1"));
            publisher.send(
                    Topics.IMAGES_REJECTED,
                    RejectedImage.class,
                    Examples.rejected(RejectionReason.QUOTA, Instant.now()));
        }

        // When
        Run text = Run.of(with("status"));
        JsonNode json = new ObjectMapper().readTree(Run.of(with("status", "--json")).out());

        // Then
        assertThat(text.out())
                .contains("Run default  no trainer is running, last step")
                .contains("step        30, 240 images")
                .contains("default-24, step 24")
                .contains("camera-1")
                .contains("Rejected in the last hour: 1 (QUOTA 1)");
        assertThat(text.out()).doesNotContain("\u001b");
        assertThat(json.get("runs").get(0).get("activity").asText()).isEqualTo("stopped");
    }

    @Test
    @Order(4)
    void shouldShowTheActiveTrainerItsStandbyAndTheLag() throws Exception {
        // Given ten prepared records, a checkpoint that has seen four, and two members
        try (RecordPublisher publisher = new RecordPublisher(clients())) {
            for (int i = 0; i < 10; i++) {
                publisher.sendGarbage(Topics.IMAGES_PREPARED);
            }
        }
        try (Consumer<String, byte[]> active = member();
                Consumer<String, byte[]> standby = member()) {
            await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> {
                                active.poll(Duration.ofMillis(100));
                                return !active.assignment().isEmpty();
                            });
            active.commitSync(Map.of(PREPARED, new OffsetAndMetadata(4)));
            CompletableFuture<Void> joined =
                    CompletableFuture.runAsync(
                            () ->
                                    await().atMost(Duration.ofSeconds(30))
                                            .until(
                                                    () -> {
                                                        standby.poll(Duration.ofMillis(100));
                                                        return standby.groupMetadata()
                                                                        .generationId()
                                                                > 0;
                                                    }));
            await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> {
                                active.poll(Duration.ofMillis(100));
                                return joined.isDone();
                            });

            // When
            JsonNode run =
                    new ObjectMapper()
                            .readTree(Run.of(with("status", "--run", "two", "--json")).out())
                            .get("runs")
                            .get(0);

            // Then
            assertThat(run.get("activity").asText()).isEqualTo("waiting");
            assertThat(run.get("active").asText()).contains("127.0.0.1");
            assertThat(run.get("standbys")).hasSize(1);
            assertThat(run.get("partitions").get(0).get("committed").asLong()).isEqualTo(4);
            assertThat(run.get("partitions").get(0).get("lag").asLong()).isEqualTo(6);
        }
    }

    @Test
    @Order(5)
    void shouldDrawAgainAndAgainUntilStopped() throws Exception {
        // Given a terminal and a wish for no colours
        Shutdown shutdown = new Shutdown();
        StringWriter out = new StringWriter();
        var cli =
                Cli.create(new Surroundings(Map.of("NO_COLOR", "1"), true, 80, shutdown))
                        .setOut(new PrintWriter(out));
        var status =
                CompletableFuture.supplyAsync(() -> cli.execute(with("status", "--watch", "0.2")));

        // When it was drawn twice, and then a stop
        await().atMost(Duration.ofSeconds(30))
                .until(() -> out.toString().split("Maestream at", -1).length > 2);
        shutdown.request();

        // Then
        assertThat(status.get()).isZero();
        assertThat(out.toString())
                .startsWith("\u001b[?25l\u001b[2J\u001b[HMaestream at")
                .endsWith("\u001b[?25h")
                .doesNotContain("\u001b[1m");
    }

    private static Consumer<String, byte[]> member() {
        Consumer<String, byte[]> consumer =
                clients()
                        .consumer(
                                new ByteArrayDeserializer(),
                                Map.of(
                                        ConsumerConfig.GROUP_ID_CONFIG,
                                        TrainerGroup.id("two"),
                                        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                                        SingleActiveAssignor.class.getName()));
        consumer.subscribe(List.of(Topics.IMAGES_PREPARED));
        return consumer;
    }

    private static KafkaClients clients() {
        return new KafkaClients(
                KafkaSettings.of(broker.bootstrapServers()), TopicSettings.defaults());
    }

    private static String[] with(String... command) {
        String[] all = Arrays.copyOf(command, command.length + 4);
        all[command.length] = "--bootstrap";
        all[command.length + 1] = broker.bootstrapServers();
        all[command.length + 2] = "--set";
        all[command.length + 3] = "data.dir=" + dataDir;
        return all;
    }
}
