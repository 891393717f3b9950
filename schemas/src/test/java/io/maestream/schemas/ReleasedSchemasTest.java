package io.maestream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the current schemas against every released one. */
class ReleasedSchemasTest {

    private static final List<Class<? extends SpecificRecord>> TOPIC_RECORDS =
            List.of(
                    RawImage.class,
                    PreparedImage.class,
                    RejectedImage.class,
                    SourceStatus.class,
                    StepMetrics.class,
                    ReconstructionSample.class,
                    TrainerCommand.class,
                    CheckpointRequested.class,
                    CheckpointCommitted.class,
                    CheckpointEvaluated.class);

    static List<Class<? extends SpecificRecord>> topicRecords() {
        return TOPIC_RECORDS;
    }

    static List<String> releasedFiles() throws IOException {
        return text("released/index").lines().toList();
    }

    @ParameterizedTest
    @MethodSource("topicRecords")
    void shouldEqualItsNewestReleaseWhenNothingChanged(Class<? extends SpecificRecord> type)
            throws Exception {
        // Given the newest released version of the record
        String newest =
                releasedFiles().stream()
                        .filter(file -> file.endsWith("/" + type.getSimpleName() + ".avsc"))
                        .reduce((first, second) -> second)
                        .orElseThrow();

        // When both are reduced to what a reader sees
        JsonNode released = meaning(schema(newest));
        JsonNode current = meaning(current(type.getSimpleName()));

        // Then they are the same; a changed schema is released under a new version first
        assertThat(current)
                .as("copy the changed schema to released/<next version>, list it in the index")
                .isEqualTo(released);
    }

    @ParameterizedTest
    @MethodSource("releasedFiles")
    void shouldReadAndBeReadWhenTheOtherSideIsAnOlderRelease(String file) throws Exception {
        // Given a released version and the current one
        Schema released = schema(file);
        Schema current = current(released.getName());

        // When each reads what the other wrote
        var forward = SchemaCompatibility.checkReaderWriterCompatibility(released, current);
        var backward = SchemaCompatibility.checkReaderWriterCompatibility(current, released);

        // Then both can
        assertThat(forward.getType()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        assertThat(backward.getType()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @Test
    void shouldStayAsReleasedWhenTheyAreOldFiles() throws Exception {
        // Given the digests noted at each release
        Map<String, String> noted = new LinkedHashMap<>();
        text("released.sha256")
                .lines()
                .map(line -> line.split("\\s+"))
                .forEach(fields -> noted.put(fields[1], fields[0]));

        // When the files are digested anew
        Map<String, String> found = new LinkedHashMap<>();
        for (String file : releasedFiles()) {
            byte[] bytes = text("released/" + file).getBytes(StandardCharsets.UTF_8);
            found.put(
                    file,
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        }

        // Then no release was edited afterwards, and none is missing
        assertThat(found).containsExactlyInAnyOrderEntriesOf(noted);
    }

    private static Schema current(String name) throws ClassNotFoundException {
        return SpecificData.get().getSchema(Class.forName("io.maestream.schemas." + name));
    }

    private static Schema schema(String file) throws IOException {
        return new Schema.Parser().parse(text("released/" + file));
    }

    /** Without the generator's hints and the words for people. */
    private static JsonNode meaning(Schema schema) throws IOException {
        JsonNode tree = new ObjectMapper().readTree(schema.toString());
        strip(tree);
        return new ObjectMapper().readTree(new Schema.Parser().parse(tree.toString()).toString());
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(List.of("avro.java.string", "doc"));
        }
        node.forEach(ReleasedSchemasTest::strip);
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = ReleasedSchemasTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
