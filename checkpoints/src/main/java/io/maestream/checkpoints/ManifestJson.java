package io.maestream.checkpoints;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.stream.Collectors;

/** The manifest as JSON, and back. */
final class ManifestJson {

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private ManifestJson() {}

    static byte[] write(Manifest manifest) throws IOException {
        return JSON.writeValueAsBytes(manifest);
    }

    /**
     * @throws CheckpointException if it is no manifest, or one of a newer format
     */
    static Manifest read(byte[] json) throws CheckpointException {
        try {
            JsonNode root = JSON.readTree(json);
            int version = root.path("formatVersion").asInt(-1);
            if (version < 1 || version > Manifest.FORMAT_VERSION) {
                throw new CheckpointException(
                        "the manifest has format version %d, this software reads up to %d"
                                .formatted(version, Manifest.FORMAT_VERSION));
            }
            return JSON.treeToValue(root, Manifest.class);
        } catch (JsonMappingException e) {
            throw new CheckpointException(
                    "the manifest cannot be read: %s%s".formatted(field(e), e.getOriginalMessage()),
                    e);
        } catch (JsonProcessingException e) {
            throw new CheckpointException(
                    "the manifest cannot be read: " + e.getOriginalMessage(), e);
        } catch (CheckpointException e) {
            throw e;
        } catch (IOException e) {
            throw new CheckpointException("the manifest cannot be read: " + e.getMessage(), e);
        }
    }

    /** Where it lies; the messages themselves do not say. */
    private static String field(JsonMappingException e) {
        return e.getPath().stream()
                .map(
                        step ->
                                step.getFieldName() == null
                                        ? "[" + step.getIndex() + "]"
                                        : step.getFieldName())
                .collect(Collectors.joining(".", "", e.getPath().isEmpty() ? "" : ": "));
    }
}
