package io.maestream.app.follow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maestream.app.broker.RunningBroker;
import io.maestream.app.command.Run;
import io.maestream.app.evaluate.LabelledImageFiles;
import io.maestream.app.ingest.MaestreamProcess;
import io.maestream.app.tail.TopicTail;
import io.maestream.app.training.Training;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointEvaluated;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import io.maestream.trainer.report.TrainingObserver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FollowIT {
    @TempDir static Path root;
    @RegisterExtension static final RunningBroker broker = new RunningBroker();
    private static KafkaClients clients;
    private static Path store;
    private static Path train;
    private static Path test;

    @BeforeAll
    static void start() throws Exception {
        clients = Training.clients(broker.bootstrapServers());
        Training.createTopics(clients, Map.of());
        Training.publish(clients, 0, 400, 1);
        store = root.resolve("checkpoints");
        train = LabelledImageFiles.zip(root.resolve("train.zip"), 600, 1);
        test = LabelledImageFiles.zip(root.resolve("shapes.zip"), 200, 2);
    }

    @Test
    void shouldScoreEachCheckpointOnceAlsoWhenItIsKilled() throws Exception {
        // Given a run with several checkpoints
        List<CheckpointCommitted> committed = train("killed", 60);
        assertThat(committed).hasSizeGreaterThan(1);

        // When a follower is killed behind its first score, and another one may finish
        try (MaestreamProcess follower = new MaestreamProcess(root, follow("killed"))) {
            follower.awaitLine("step-0");
            follower.kill();
        }
        Run last = Run.of(follow("killed", "--once"));

        // Then every checkpoint has one score
        assertThat(last.status()).as(last.err()).isZero();
        assertThat(evaluated("killed"))
                .extracting(CheckpointEvaluated::getCheckpointId)
                .containsExactlyElementsOf(
                        committed.stream().map(CheckpointCommitted::getCheckpointId).toList());
        assertThat(evaluated("killed"))
                .allSatisfy(
                        score ->
                                assertThat(score.getScores())
                                        .containsOnlyKeys(
                                                "knn.cls",
                                                "knn.mean",
                                                "linear.cls",
                                                "linear.mean"));
        assertThat(Run.of(follow("killed", "--once")).out()).doesNotContain(" s  best");
        assertThat(evaluated("killed")).hasSameSizeAs(committed);
    }

    @Test
    void shouldPassOverWhatIsDamagedOrWasNeverCommitted() throws Exception {
        // Given a damaged checkpoint among others, and an event in an aborted transaction
        List<CheckpointCommitted> committed = train("damaged", 40);
        CheckpointCommitted bad = committed.get(1);
        Path weights = store.resolve(bad.getCheckpointId()).resolve("encoder/model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);
        abort(
                CheckpointCommitted.newBuilder(committed.get(0))
                        .setCheckpointId("step-000000099-aaaaaaaa")
                        .build());

        // When
        Run run = Run.of(follow("damaged", "--once"));

        // Then the damaged one is named, once, and all others are scored
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err())
                .contains(bad.getCheckpointId() + "  passed over for good")
                .contains("encoder/model.safetensors: digest")
                .doesNotContain("step-000000099-aaaaaaaa");
        assertThat(evaluated("damaged"))
                .extracting(CheckpointEvaluated::getCheckpointId)
                .doesNotContain(bad.getCheckpointId())
                .hasSize(committed.size() - 1);
        assertThat(Run.of(follow("damaged", "--once")).err()).doesNotContain(bad.getCheckpointId());
    }

    @Test
    void shouldNameTheBestOfTheScoresThatWerePublished() throws Exception {
        List<CheckpointCommitted> committed = train("best", 40);
        Run.of(follow("best", "--once"));
        double highest =
                evaluated("best").stream()
                        .mapToDouble(score -> score.getScores().get("knn.mean"))
                        .max()
                        .orElseThrow();

        JsonNode best =
                new ObjectMapper()
                        .readTree(best("--run", "best", "--metric", "knn.mean", "--json").out());
        assertThat(best.get("scores").get("knn.mean").asDouble()).isEqualTo(highest);
        assertThat(best.get("evaluator").asText()).isEqualTo("shapes");
        assertThat(best.get("location").asText()).contains(best.get("checkpointId").asText());
        Run all = best("--run", "best", "--all");
        assertThat(all.lines()).hasSize(committed.size() + 1);
        assertThat(all.lines().stream().filter(line -> line.startsWith("*"))).hasSize(1);
        assertThat(best("--run", "best", "--metric", "f1").err())
                .contains("No checkpoint has a score f1; there are [knn.cls");
        assertThat(best("--run", "nobody").err()).contains("maestream follow");

        // When the newest alone is scored under another name
        Run newest = Run.of(follow("best", "--once", "--newest-only", "--evaluator", "other"));
        assertThat(newest.err()).contains("a newer one is there");

        // Then scores of the two are not compared
        assertThat(best("--run", "best").err()).contains("name one of [other, shapes]");
        Run other = best("--run", "best", "--evaluator", "other");
        assertThat(other.out())
                .startsWith(committed.get(committed.size() - 1).getCheckpointId())
                .contains("linear.mean");
    }

    private static Run best(String... more) {
        List<String> line =
                new ArrayList<>(
                        List.of("checkpoints", "best", "--bootstrap", broker.bootstrapServers()));
        line.addAll(List.of(more));
        return Run.of(line.toArray(String[]::new));
    }

    private static String[] follow(String run, String... more) {
        List<String> line =
                new ArrayList<>(
                        List.of(
                                "follow",
                                "--bootstrap",
                                broker.bootstrapServers(),
                                "--run",
                                run,
                                "--dir",
                                store.toString(),
                                "--data-dir",
                                root.resolve("follower").toString(),
                                "--train",
                                train.toString(),
                                "--test",
                                test.toString()));
        line.addAll(List.of(more));
        return line.toArray(String[]::new);
    }

    private static List<CheckpointCommitted> train(String run, int steps) {
        var settings =
                Training.settings(
                        run,
                        store,
                        Map.of("train.max.steps", "" + steps, "checkpoint.every.images", "16"));
        Training.service(settings, clients, new FileSystemStore(store), new TrainingObserver() {})
                .run();
        return Training.committed(clients, run);
    }

    private static void abort(CheckpointCommitted event) {
        try (var producer =
                clients.producer(
                        AvroSerde.serializer(CheckpointCommitted.class),
                        Map.of("transactional.id", "aborts"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(Topics.CHECKPOINTS, event.getRunId(), event));
            producer.flush();
            producer.abortTransaction();
        }
    }

    private static List<CheckpointEvaluated> evaluated(String run) {
        List<CheckpointEvaluated> scores = new ArrayList<>();
        var consumer =
                clients.consumer(AvroSerde.deserializer(CheckpointEvaluated.class), Map.of());
        try (var tail = new TopicTail<>(consumer, Topics.CHECKPOINTS_EVALUATED)) {
            tail.readToEnd(
                    record -> {
                        if (record.value().getRunId().equals(run)) {
                            scores.add(record.value());
                        }
                    });
        }
        return scores;
    }
}
