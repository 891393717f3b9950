package io.maestream.app.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maestream.app.broker.BrokerSettings;
import io.maestream.app.broker.EmbeddedBroker;
import io.maestream.app.command.Cli;
import io.maestream.app.command.Shutdown;
import io.maestream.app.command.Surroundings;
import io.maestream.app.fault.KillPoint;
import io.maestream.app.fault.KillSeries;
import io.maestream.checkpoints.CheckpointException;
import io.maestream.checkpoints.CheckpointStore;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.trainer.CheckpointReplay;
import io.maestream.trainer.NotReplayableException;
import io.maestream.trainer.Progress;
import io.maestream.trainer.ReplayResult;
import io.maestream.trainer.TrainerParts;
import io.maestream.trainer.TrainerService;
import io.maestream.trainer.checkpoint.LineageAudit;
import io.maestream.trainer.report.StepReport;
import io.maestream.trainer.report.TrainingObserver;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In order, because the last one takes the log away. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(120)
class ReplayIT {

    private static final Map<String, String> OFTEN =
            Map.of(
                    "checkpoint.every.images", "16",
                    "checkpoint.keep", "100",
                    "train.ema.decay", "0.9");

    @TempDir static Path root;
    private static EmbeddedBroker broker;
    private static KafkaClients clients;
    private static int published;

    @BeforeAll
    static void start() {
        broker = new EmbeddedBroker(new BrokerSettings(root.resolve("data"), 0, 64 << 20)).start();
        clients = Training.clients(broker.bootstrapServers());
        Training.createTopics(clients, 3);
        publish(60);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    @Order(1)
    void shouldComeOutTheSameForEveryCheckpointOfARunThatWasStoppedAndKilled() throws Exception {
        // Given a run on three partitions with a replay memory, stopped twice and killed once
        train("three", 6, OFTEN);
        publish(30);
        try (KillSeries series = new KillSeries(broker.bootstrapServers(), "three", store(), 1)) {
            series.kill(KillPoint.BEFORE_MANIFEST, 1);
        }
        train("three", 15, OFTEN);
        publish(30);
        train("three", 24, OFTEN);
        List<CheckpointCommitted> events = Training.committed(clients, "three");
        assertThat(events).hasSizeGreaterThanOrEqualTo(5);
        assertThat(LineageAudit.of(events).problems()).isEmpty();
        assertThat(events.get(0).getOffsetRanges()).as("partitions").hasSizeGreaterThan(1);

        System.out.println("TIME " + java.time.Instant.now());
        // When each is trained again, then it has the same weights, moments and feed
        for (CheckpointCommitted event : events) {
            ReplayResult result = replay("three", event, events, OFTEN);
            assertThat(result.files()).hasSize(4).allMatch(ReplayResult.Compared::equal);
            assertThat(result.sameFeed()).isTrue();
            assertThat(result.parentId()).isEqualTo(event.getParentId());
            System.out.println("TIME " + java.time.Instant.now());
        }
        assertThat(Training.committed(clients, "three"))
                .as("nothing is published")
                .isEqualTo(events);
    }

    @Test
    @Order(2)
    void shouldComeOutTheSameAfterStepsThatWereNotFinite() throws Exception {
        // Given a run whose weights grow until they overflow, stopped after five skipped steps
        Map<String, String> growing = growing(Map.of("train.max.skipped.steps", "1000"));
        publish(180);
        trainUntil("overflowing", growing, new StopAfterSkipped(5));
        List<CheckpointCommitted> events = Training.committed(clients, "overflowing");
        CheckpointCommitted last = events.get(events.size() - 1);

        // When
        ReplayResult result = replay("overflowing", last, events, growing);

        // Then
        assertThat(result.equal()).isTrue();
    }

    @Test
    @Order(3)
    void shouldComeOutTheSameWhenTheRunHadGoneBack() throws Exception {
        // Given a run that overflowed, went back to its parent, and was stopped one step later
        Map<String, String> growing =
                growing(Map.of("train.max.skipped.steps", "3", "checkpoint.every.images", "40"));
        // A committed parent, whichever is quicker then: the overflow or a checkpoint's files.
        train("back", 4, growing);
        trainUntil("back", growing, new StopAfterGoingBack());
        List<CheckpointCommitted> events = Training.committed(clients, "back");
        CheckpointCommitted last = events.get(events.size() - 1);
        assertThat(last.getSkippedRanges()).isNotEmpty();
        assertThat(LineageAudit.of(events).problems()).isEmpty();

        // When
        ReplayResult result = replay("back", last, events, growing);

        // Then
        assertThat(result.equal()).isTrue();
    }

    @Test
    @Order(4)
    void shouldComeOutTheSameWhenOldImagesWerePassedOver() throws Exception {
        // Given a run that lets 100 images wait at most, behind 300, and later behind 150 more
        Map<String, String> fresh =
                Map.of("train.lag.policy", "skip-to-fresh", "train.lag.max", "100");
        train("fresh", 4, fresh);
        publish(150);
        train("fresh", 9, fresh);
        List<CheckpointCommitted> events = Training.committed(clients, "fresh");

        // Then both events name what was passed over, on every partition, and all ranges meet
        LineageAudit.Report report = LineageAudit.of(events);
        assertThat(report.problems()).isEmpty();
        assertThat(events).hasSize(2);
        assertThat(events).allSatisfy(event -> assertThat(event.getSkippedRanges()).isNotEmpty());
        long skipped =
                report.skipped().stream().mapToLong(gap -> gap.getUntil() - gap.getFrom()).sum();
        assertThat(skipped).isGreaterThan(250);

        // And each comes out the same
        for (CheckpointCommitted event : events) {
            assertThat(replay("fresh", event, events, fresh).equal()).isTrue();
        }
    }

    @Test
    @Order(5)
    void shouldDifferWhenTheOrderOfPicksWasForged() throws Exception {
        // Given a checkpoint whose picks were turned round, with digests that fit
        CheckpointCommitted committed = Training.committed(clients, "three").get(0);
        CheckpointCommitted event =
                CheckpointCommitted.newBuilder(committed)
                        .setManifestSha256(forgePicks(store().resolve(committed.getCheckpointId())))
                        .build();

        // When
        ReplayResult result = replay("three", event, List.of(event), OFTEN);

        // Then
        assertThat(result.equal()).isFalse();
        assertThat(result.files().stream().filter(file -> file.name().startsWith("model")))
                .singleElement()
                .satisfies(model -> assertThat(model.replayed()).isNotEqualTo(model.committed()));
    }

    @Test
    @Order(6)
    void shouldSayWhatIsWrongOnTheCommandLine() throws Exception {
        // Given two checkpoints
        train("line", 4, Map.of());
        train("line", 7, Map.of());
        List<CheckpointCommitted> events = Training.committed(clients, "line");
        String first = events.get(0).getCheckpointId();
        String second = events.get(1).getCheckpointId();

        // Then both are equal, as text and as JSON
        Line all = line("replay", "--all");
        assertThat(all.status()).as(all.err()).isZero();
        assertThat(all.out())
                .contains(first + "  step 4, from the initial weights: equal")
                .contains(second + "  step 7, from " + first + ": equal")
                .contains("2 of 2 checkpoints replayed, all equal");
        JsonNode json = new ObjectMapper().readTree(line("replay", "latest", "--json").out());
        assertThat(json.get("checkpointId").asText()).isEqualTo(second);
        assertThat(json.get("equal").asBoolean()).isTrue();
        assertThat(json.get("files")).hasSize(3);

        // And other settings, an unknown id and a missing choice are refused
        Line other = line("replay", "latest", "--set", "train.batch.size=2");
        assertThat(other.status()).isEqualTo(9);
        assertThat(other.err()).contains("other settings");
        assertThat(line("replay", "nothing").status()).isEqualTo(9);
        assertThat(line("replay").status()).isEqualTo(2);

        // And damage is named, and a parent that is gone
        Path model = store().resolve(second).resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(model);
        bytes[bytes.length - 1] ^= 1;
        Files.write(model, bytes);
        Line damaged = line("replay", second);
        assertThat(damaged.status()).isEqualTo(5);
        assertThat(damaged.err()).contains("model.safetensors: digest");
        bytes[bytes.length - 1] ^= 1;
        Files.write(model, bytes);
        new FileSystemStore(store()).delete(first);
        Line orphaned = line("replay", second);
        assertThat(orphaned.status()).isEqualTo(9);
        assertThat(orphaned.err()).contains("its parent " + first + " is not in");
        assertThat(line("replay", "--all").status()).isEqualTo(9);
    }

    @Test
    @Order(7)
    void shouldSayThatTheRecordsArePastRetentionAndReplayWhatWasTrainedWithoutThem()
            throws Exception {
        // Given a checkpoint whose first thirty records of each partition the log lets go
        train("old", 6, Map.of());
        List<CheckpointCommitted> events = Training.committed(clients, "old");
        try (var admin = clients.admin()) {
            Map<TopicPartition, RecordsToDelete> delete = new HashMap<>();
            for (int i = 0; i < 3; i++) {
                delete.put(
                        new TopicPartition(Topics.IMAGES_PREPARED, i),
                        RecordsToDelete.beforeOffset(30));
            }
            admin.deleteRecords(delete).all().get();
        }

        // Then it cannot be replayed
        assertThatThrownBy(() -> replay("old", events.get(0), events, Map.of()))
                .isInstanceOf(NotReplayableException.class)
                .hasMessageContaining("begins at offset 30")
                .hasMessageContaining("past retention");

        // When the run goes on without them
        train("old", 9, Map.of());
        List<CheckpointCommitted> all = Training.committed(clients, "old");
        CheckpointCommitted next = all.get(1);

        // Then the event counts what was missing, and can be replayed without it
        assertThat(next.getMissingReferences()).isPositive();
        assertThat(next.getSkippedRanges()).isNotEmpty();
        assertThat(LineageAudit.of(all).problems()).isEmpty();
        assertThat(replay("old", next, all, Map.of()).equal()).isTrue();
    }

    /** A few at a time, so that partitions are picked in turn. */
    private static void publish(int images) {
        Training.publish(clients, published, images, 9);
        published += images;
    }

    private static Map<String, String> growing(Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(more);
        keys.put("train.learning.rate", "0.4");
        keys.put("train.weight.decay", "10");
        keys.put("train.warmup.steps", "0");
        return keys;
    }

    private static void train(String run, long untilStep, Map<String, String> more) {
        var settings = Training.settings(run, store(), more).until(untilStep);
        Training.service(settings, clients, new FileSystemStore(store())).run();
    }

    private static void trainUntil(String run, Map<String, String> more, Stopping observer) {
        var settings = Training.settings(run, store(), more);
        CheckpointStore store = new FileSystemStore(store());
        TrainerService service =
                new TrainerService(
                        new TrainerParts(
                                settings, clients, store, List.of(observer), Clock.systemUTC()));
        observer.service = service;
        service.run();
    }

    private static ReplayResult replay(
            String run,
            CheckpointCommitted event,
            List<CheckpointCommitted> history,
            Map<String, String> more)
            throws CheckpointException, IOException {
        return new CheckpointReplay(
                        Training.settings(run, store(), more),
                        clients,
                        new FileSystemStore(store()),
                        new TrainingObserver() {})
                .replay(event, history);
    }

    private static Path store() {
        return root.resolve("checkpoints");
    }

    /** Turns the order of the picks round and makes the manifest fit; returns its digest. */
    private static String forgePicks(Path directory) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        Path stateFile = directory.resolve("state.json");
        ObjectNode state = (ObjectNode) mapper.readTree(stateFile.toFile());
        ArrayNode picks = (ArrayNode) state.get("sinceParent").get("picks");
        List<JsonNode> turned = new ArrayList<>();
        picks.forEach(pick -> turned.add(0, pick));
        assertThat(turned).as("several runs of picks").hasSizeGreaterThan(1);
        picks.removeAll();
        picks.addAll(turned);
        byte[] bytes = mapper.writeValueAsBytes(state);
        Files.write(stateFile, bytes);
        Path manifestFile = directory.resolve("manifest.json");
        ObjectNode manifest = (ObjectNode) mapper.readTree(manifestFile.toFile());
        for (JsonNode file : manifest.get("files")) {
            if (file.get("role").asText().equals("state")) {
                ((ObjectNode) file).put("size", bytes.length).put("sha256", sha256(bytes));
            }
        }
        byte[] json = mapper.writeValueAsBytes(manifest);
        Files.write(manifestFile, json);
        return sha256(json);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private record Line(int status, String out, String err) {}

    private static Line line(String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--bootstrap", broker.bootstrapServers()));
        arguments.addAll(List.of("--dir", store().toString()));
        List<String> sets = new ArrayList<>();
        Training.keys("line", store(), Map.of())
                .forEach((key, value) -> sets.addAll(List.of("--set", key + "=" + value)));
        arguments.addAll(1, sets);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status =
                Cli.create(new Surroundings(Map.of(), false, 80, new Shutdown()))
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(arguments.toArray(String[]::new));
        return new Line(status, out.toString(), err.toString());
    }

    private abstract static class Stopping implements TrainingObserver {
        private TrainerService service;

        final void stop() {
            service.stop();
        }
    }

    private static final class StopAfterSkipped extends Stopping {
        private final int steps;

        StopAfterSkipped(int steps) {
            this.steps = steps;
        }

        @Override
        public void stepped(StepReport step) {
            if (step.progress().skippedSteps() == steps) {
                stop();
            }
        }
    }

    private static final class StopAfterGoingBack extends Stopping {
        private boolean wentBack;

        @Override
        public void wentBack(String checkpointId, Progress from) {
            wentBack = true;
        }

        @Override
        public void stepped(StepReport step) {
            if (wentBack && step.result().applied()) {
                stop();
            }
        }
    }
}
