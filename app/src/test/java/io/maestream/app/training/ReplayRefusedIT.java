package io.maestream.app.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maestream.app.command.Run;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.topic.Topics;
import io.maestream.trainer.NotReplayableException;
import io.maestream.trainer.ReplayResult;
import io.maestream.trainer.checkpoint.LineageAudit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What cannot come out the same is refused or named. In order: the last one takes the log away. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(120)
class ReplayRefusedIT {

    @RegisterExtension static final ReplayedRuns runs = new ReplayedRuns();

    @Test
    @Order(1)
    void shouldDifferWhenTheOrderOfPicksWasForged() throws Exception {
        // Given a checkpoint whose picks were turned round, with digests that fit
        runs.train("forged", 6, ReplayedRuns.OFTEN);
        CheckpointCommitted committed = Training.committed(runs.clients(), "forged").get(0);
        CheckpointCommitted event =
                CheckpointCommitted.newBuilder(committed)
                        .setManifestSha256(
                                forgePicks(runs.store().resolve(committed.getCheckpointId())))
                        .build();

        // When
        ReplayResult result = runs.replay("forged", event, List.of(event), ReplayedRuns.OFTEN);

        // Then
        assertThat(result.equal()).isFalse();
        assertThat(result.files().stream().filter(file -> file.name().startsWith("model")))
                .singleElement()
                .satisfies(model -> assertThat(model.replayed()).isNotEqualTo(model.committed()));
    }

    @Test
    @Order(2)
    void shouldSayWhatIsWrongOnTheCommandLine() throws Exception {
        // Given two checkpoints
        runs.train("line", 4, Map.of());
        runs.train("line", 7, Map.of());
        List<CheckpointCommitted> events = Training.committed(runs.clients(), "line");
        String first = events.get(0).getCheckpointId();
        String second = events.get(1).getCheckpointId();

        // Then both are equal, as text and as JSON
        Run all = line("replay", "--all");
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
        Run other = line("replay", "latest", "--set", "train.batch.size=2");
        assertThat(other.status()).isEqualTo(9);
        assertThat(other.err()).contains("other settings");
        assertThat(line("replay", "nothing").status()).isEqualTo(9);
        assertThat(line("replay").status()).isEqualTo(2);

        // And damage is named, and a parent that is gone
        Path model = runs.store().resolve(second).resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(model);
        bytes[bytes.length - 1] ^= 1;
        Files.write(model, bytes);
        Run damaged = line("replay", second);
        assertThat(damaged.status()).isEqualTo(5);
        assertThat(damaged.err()).contains("model.safetensors: digest");
        bytes[bytes.length - 1] ^= 1;
        Files.write(model, bytes);
        new FileSystemStore(runs.store()).delete(first);
        Run orphaned = line("replay", second);
        assertThat(orphaned.status()).isEqualTo(9);
        assertThat(orphaned.err()).contains("its parent " + first + " is not in");
        assertThat(line("replay", "--all").status()).isEqualTo(9);
    }

    @Test
    @Order(3)
    void shouldSayThatTheRecordsArePastRetentionAndReplayWhatWasTrainedWithoutThem()
            throws Exception {
        // Given a checkpoint whose first thirty records of each partition the log lets go
        runs.publish(390);
        runs.train("old", 6, Map.of());
        List<CheckpointCommitted> events = Training.committed(runs.clients(), "old");
        try (var admin = runs.clients().admin()) {
            Map<TopicPartition, RecordsToDelete> delete = new HashMap<>();
            for (int i = 0; i < 3; i++) {
                delete.put(
                        new TopicPartition(Topics.IMAGES_PREPARED, i),
                        RecordsToDelete.beforeOffset(30));
            }
            admin.deleteRecords(delete).all().get();
        }

        // Then it cannot be replayed
        assertThatThrownBy(() -> runs.replay("old", events.get(0), events, Map.of()))
                .isInstanceOf(NotReplayableException.class)
                .hasMessageContaining("begins at offset 30")
                .hasMessageContaining("past retention");

        // When the run goes on without them
        runs.train("old", 9, Map.of());
        List<CheckpointCommitted> all = Training.committed(runs.clients(), "old");
        CheckpointCommitted next = all.get(1);

        // Then the event counts what was missing, and can be replayed without it
        assertThat(next.getMissingReferences()).isPositive();
        assertThat(next.getSkippedRanges()).isNotEmpty();
        assertThat(LineageAudit.of(all).problems()).isEmpty();
        assertThat(runs.replay("old", next, all, Map.of()).equal()).isTrue();
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

    private static Run line(String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--bootstrap", runs.bootstrapServers()));
        arguments.addAll(List.of("--dir", runs.store().toString()));
        List<String> sets = new ArrayList<>();
        Training.keys("line", runs.store(), Map.of())
                .forEach((key, value) -> sets.addAll(List.of("--set", key + "=" + value)));
        arguments.addAll(1, sets);
        return Run.of(arguments.toArray(String[]::new));
    }
}
