package io.maestream.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maestream.app.ModelCheckpoint;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.evaluate.LabelledImageFiles;
import io.maestream.checkpoints.FileSystemStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
    @TempDir Path directory;
    private Path store;
    private Path train;
    private Path test;

    @BeforeEach
    void publish() throws Exception {
        store = directory.resolve("store");
        ModelCheckpoint.publish(new FileSystemStore(store), true);
        train = LabelledImageFiles.zip(directory.resolve("train.zip"), 400, 1);
        test = LabelledImageFiles.zip(directory.resolve("test.zip"), 100, 2);
    }

    @Test
    void shouldPrintATableOfScoresAndControls() {
        Run run = evaluate("--controls");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(ModelCheckpoint.ID + " of run run: step 7, 56 images seen")
                .contains("400 training and 100 test images of 2 classes")
                .containsPattern("FEATURES +KNN +LINEAR")
                .containsPattern("encoder cls +\\d+\\.\\d +\\d+\\.\\d")
                .containsPattern("encoder mean +\\d+\\.\\d +\\d+\\.\\d")
                .containsPattern("(?m)^pixels +\\d+\\.\\d +\\d+\\.\\d")
                .containsPattern("untrained mean +\\d+\\.\\d +\\d+\\.\\d");
    }

    @Test
    void shouldGiveTheSameJsonEachTime() throws Exception {
        Run run = evaluate("--json", "--limit-test", "60");
        JsonNode found = new ObjectMapper().readTree(run.out());

        assertThat(found.get("checkpointId").asText()).isEqualTo(ModelCheckpoint.ID);
        assertThat(found.get("test").asInt()).isEqualTo(60);
        assertThat(found.get("scores").properties().stream().map(score -> score.getKey()))
                .containsExactly("knn.cls", "knn.mean", "linear.cls", "linear.mean");
        assertThat(found.get("scores").get("linear.mean").asDouble()).isBetween(0.6, 1.0);
        assertThat(evaluate("--json", "--limit-test", "60").out()).isEqualTo(run.out());
    }

    @Test
    void shouldTakeAPlaceAsEventsNameIt() {
        String place = store.resolve(ModelCheckpoint.ID).toUri().toString();

        Run run =
                Run.of(
                        "evaluate",
                        "--checkpoint",
                        place,
                        "--train",
                        "" + train,
                        "--test",
                        "" + test,
                        "--limit-train",
                        "50");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("50 training and 100 test images");
    }

    @Test
    void shouldRefuseADamagedCheckpointAndSayWhatIsWrongWithImages() throws Exception {
        Run missing =
                Run.of(
                        "evaluate",
                        "--dir",
                        "" + store,
                        "--train",
                        directory + "/no.zip",
                        "--test",
                        "" + test);
        assertThat(missing.status()).isEqualTo(ExitCode.NOT_FOUND.status());
        assertThat(missing.err()).contains("no.zip");
        Run averaged = evaluate("--ema");
        assertThat(averaged.status()).isEqualTo(ExitCode.VERIFICATION_FAILED.status());
        assertThat(averaged.err()).contains("has no file of role ema-encoder");
        assertThat(evaluate("--limit-test", "0").status()).isEqualTo(ExitCode.USAGE.status());

        Path weights = store.resolve(ModelCheckpoint.ID).resolve("encoder/model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);
        Run damaged = evaluate();
        assertThat(damaged.status()).isEqualTo(ExitCode.VERIFICATION_FAILED.status());
        assertThat(damaged.err()).contains("encoder/model.safetensors: digest");
    }

    private Run evaluate(String... more) {
        List<String> line =
                new ArrayList<>(
                        List.of(
                                "evaluate",
                                "--dir",
                                "" + store,
                                "--train",
                                "" + train,
                                "--test",
                                "" + test));
        line.addAll(List.of(more));
        return Run.of(line.toArray(String[]::new));
    }
}
