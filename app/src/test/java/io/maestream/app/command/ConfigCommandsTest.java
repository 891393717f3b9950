package io.maestream.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maestream.app.command.base.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandsTest {
    private static final String UPDATE = "./maestream config docs > docs/configuration.md";

    @TempDir Path directory;

    @Test
    void shouldShowWhereEachValueComesFrom() throws Exception {
        // Given a value from each layer
        Path file = Files.writeString(directory.resolve("t.properties"), "run.id=street\n");

        // When
        Run run =
                Run.with(
                        Map.of("MAESTREAM_TRAIN_BATCH_SIZE", "16"),
                        "config",
                        "show",
                        "--config",
                        file.toString(),
                        "--set",
                        "data.dir=/d");

        // Then
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("run.id +street +\\Q" + file + "\\E")
                .containsPattern(
                        "train.batch.size +16 +environment variable MAESTREAM_TRAIN_BATCH_SIZE")
                .containsPattern("data.dir +/d +--set")
                .containsPattern("checkpoint.dir +/d/checkpoints +default")
                .containsPattern("train.warmup.steps +100 +default");
    }

    @Test
    void shouldShowOnlyWhatWasChangedOrBeginsAsAsked() {
        // When
        Run changed = Run.of("config", "show", "--changed", "--set", "run.id=a");
        Run prefix = Run.of("config", "show", "model.");
        Run demo = Run.of("config", "show", "train.warmup", "--demo");

        // Then
        assertThat(changed.lines()).hasSize(2);
        assertThat(prefix.lines().stream().skip(1))
                .hasSize(8)
                .allMatch(line -> line.startsWith("model."));
        assertThat(demo.out()).containsPattern("train.warmup.steps +20 +default");
        assertThat(Run.of("config", "show", "--changed").out())
                .contains("Every key has its default");
        assertThat(Run.of("config", "show", "modle.").status()).isEqualTo(2);
    }

    @Test
    void shouldShowNoSecret() throws Exception {
        // Given secrets of declared keys, of Kafka's, and in an address
        Path file =
                Files.writeString(
                        directory.resolve("s.properties"),
                        """
                        http.token=s3cret-one
                        kafka.sasl.jaas.config=s3cret-two
                        source.door.type=camera
                        source.door.uri=rtsp://viewer:s3cret-three@door/live
                        source.door.password=s3cret-four
                        """);

        // When
        Run text = Run.of("config", "show", "--config", file.toString());
        Run json = Run.of("config", "show", "--json", "--config", file.toString());

        // Then
        assertThat(text.out() + text.err() + json.out() + json.err()).doesNotContain("s3cret");
        assertThat(text.out())
                .containsPattern("http.token +\\[hidden]")
                .contains("rtsp://[hidden]@door/live");
    }

    @Test
    void shouldShowAnObjectALineForMachines() throws Exception {
        // When
        Run run = Run.of("config", "show", "run.id", "--json");

        // Then
        JsonNode key = new ObjectMapper().readTree(run.out());
        assertThat(key.get("key").asText()).isEqualTo("run.id");
        assertThat(key.get("value").asText()).isEqualTo("default");
        assertThat(key.get("from").asText()).isEqualTo("default");
    }

    @Test
    void shouldReportAllMistakesAtOnceAndNameTheNearestKey() {
        // When
        Run run =
                Run.with(
                        Map.of("MAESTREAM_TRAIN_BACH_SIZE", "3"),
                        "config",
                        "check",
                        "--set",
                        "model.mask.ration=0.5",
                        "--set",
                        "source.door.ury=x",
                        "--set",
                        "run.id=../up");

        // Then
        assertThat(run.status()).isEqualTo(ExitCode.BAD_CONFIGURATION.status());
        assertThat(run.err())
                .contains("4 problems")
                .contains("Did you mean MAESTREAM_TRAIN_BATCH_SIZE?")
                .contains("Did you mean model.mask.ratio?")
                .contains("Did you mean source.door.uri?")
                .contains("run.id = \"../up\"")
                .contains("1 to 64 letters");
    }

    @Test
    void shouldSayThatAGoodConfigurationIsFine() {
        // When
        Run run = Run.of("config", "check", "--set", "run.id=a");

        // Then
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("fine: 1 key is set");
    }

    @Test
    void shouldHaveTheGeneratedDocumentationInTheRepository() throws Exception {
        // When
        Run run = Run.of("config", "docs");

        // Then
        assertThat(Files.readString(Path.of("../docs/configuration.md")))
                .as("docs/configuration.md is not what it would be now; run: " + UPDATE)
                .isEqualTo(run.out());
    }

    @Test
    void shouldDocumentEveryKeyInWords() {
        // When
        String docs = Run.of("config", "docs").out();

        // Then
        assertThat(docs.lines().filter(line -> line.startsWith("| `")))
                .hasSizeGreaterThan(100)
                .allMatch(line -> line.endsWith(". |") || line.matches("\\| `.*` \\| `.*` \\|"));
        assertThat(docs).doesNotContain("Lambda").doesNotContain("[0,...");
    }
}
